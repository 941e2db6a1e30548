import { reachFromInternet } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isOneOf, isSet, isTrue, NO, not, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { serversBehind } from '../fronts.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { databasesBehind } from '../reaching.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** An API answers without asking who calls. */
export const definition = riskRule({
  id: 'api-noauth',
  number: 29,
  title: text('API without authentication', '認証のないAPI'),
  factor: 'vulnerability',
  find: (context) => [
    ...context.graph.ofType('AWS::ApiGateway::RestApi').flatMap((api) => forApi(context, api, restMethods)),
    ...context.graph.ofType('AWS::ApiGatewayV2::Api').flatMap((api) => forApi(context, api, httpRoutes)),
    ...context.graph.ofType('AWS::Lambda::Url').flatMap((url) => forUrl(context, url)),
  ],
});

interface OpenDoor {
  readonly resource: Resource;
  readonly at: Value;
  readonly answer: Answer;
}

function restMethods(context: RiskContext, api: Resource): readonly OpenDoor[] {
  return context.graph.referrersOfType(api, 'AWS::ApiGateway::Method').map((method) => {
    const kind = get(method.properties, 'AuthorizationType');
    const preflight = isOneOf(get(method.properties, 'HttpMethod'), ['OPTIONS']);
    const answer = all([
      method.exists,
      isOneOf(kind, ['NONE'], YES),
      not(preflight),
      not(isTrue(get(method.properties, 'ApiKeyRequired'))),
    ]);
    return { resource: method, at: kind, answer };
  });
}

function httpRoutes(context: RiskContext, api: Resource): readonly OpenDoor[] {
  const routes = context.graph.referrersOfType(api, 'AWS::ApiGatewayV2::Route').map((route) => {
    const kind = get(route.properties, 'AuthorizationType');
    return { resource: route, at: kind, answer: all([route.exists, isOneOf(kind, ['NONE'], YES)]) };
  });
  const target = get(api.properties, 'Target');
  return target.kind === 'absent'
    ? routes
    : [...routes, { resource: api, at: target, answer: all([api.exists, isSet(target)]) }];
}

function forApi(
  context: RiskContext,
  api: Resource,
  doorsOf: (context: RiskContext, api: Resource) => readonly OpenDoor[],
): readonly Candidate[] {
  const doors = doorsOf(context, api).filter((door) => door.answer.is !== 'no');
  const reach = reachFromInternet(context.graph, api);
  const [way] = reach.paths;
  if (doors.length === 0 || !way) return [];
  const answer = all([way.answer, any(doors.map((door) => door.answer))]);
  const guard = topologyGuard('iam-least-privilege', api.id, answer);
  const paths = doors
    .slice(0, MOST_DOORS)
    .map((door) =>
      attackPath(
        [
          ...way.hops,
          at(
            door.resource,
            text(`${door.resource.name} asks for no credentials`, `${door.resource.name}は認証を求めない`),
            door.at,
          ),
        ],
        [guard],
        all([way.answer, door.answer]),
      ),
    );
  const servers = serversBehind(context.graph, api);
  return [
    candidate(
      context,
      api,
      [...servers, ...servers.flatMap((each) => databasesBehind(context.graph, each))],
      paths,
      guard,
    ),
  ];
}

const MOST_DOORS = 5;

function forUrl(context: RiskContext, url: Resource): readonly Candidate[] {
  const kind = get(url.properties, 'AuthType');
  const answer = all([url.exists, isOneOf(kind, ['NONE'], NO)]);
  const target = context.graph.target(get(url.properties, 'TargetFunctionArn'));
  if (answer.is === 'no') return [];
  const guard = topologyGuard('iam-least-privilege', url.id, answer);
  const hops = reachFromInternet(context.graph, url).paths[0]?.hops ?? [];
  const open = at(url, text('AuthType NONE: anybody may call it', 'AuthType NONE: 誰でも呼び出せる'), kind);
  const reaches = target && !target.external ? [target, ...databasesBehind(context.graph, target)] : [];
  return [candidate(context, url, reaches, [attackPath([...hops, open], [guard], answer)], guard)];
}

function candidate(
  context: RiskContext,
  api: Resource,
  reaches: readonly Resource[],
  paths: Candidate['paths'],
  guard: ReturnType<typeof topologyGuard>,
): Candidate {
  return {
    resources: [api.id],
    statement: {
      cause: text(
        `${api.name} answers requests without an authorizer`,
        `${api.name}がオーソライザーなしでリクエストに応答する`,
      ),
      event: text(
        'a stranger calls it as often and with whatever input he likes',
        '第三者が、好きな回数、好きな入力で呼び出す',
      ),
      effect: text(
        'data behind it is read or changed unless the code checks by itself',
        'コード自身が確認しない限り、背後のデータが読み書きされる',
      ),
    },
    reaches,
    threat: threat(3),
    paths,
    seenBy: context.seenBy(['cloudtrail', 'guardduty']),
    controls: ['APIGateway.8', 'APIGateway.1001', 'Lambda.1'],
    avoid: {
      guards: [guard],
      reason: text(
        'add an authorizer (Cognito, JWT, IAM) to each method that is not meant for everybody',
        '公開目的でないメソッドにオーソライザー(Cognito、JWT、IAM)を付ければ、リスク自体がなくなる',
      ),
    },
  };
}
