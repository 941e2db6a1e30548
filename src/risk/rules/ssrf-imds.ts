import { launchValue } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { all, isOneOf, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { showValue } from '../../model/value.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath } from '../paths.ts';
import { permissionsOf, rolesOf } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { publicServers } from '../server-classes.ts';
import { threat } from '../threat.ts';
import { ASSUMED_FLAW, applicationWays, blastOf, firewallOn, serverDetectors } from '../web.ts';

/** A request forged through the application reads the role's credentials from the metadata service. */
export const definition = riskRule({
  id: 'ssrf-imds',
  number: 13,
  title: text(
    'Role credentials stolen through the metadata service',
    'メタデータサービス経由のロール認証情報の流出',
  ),
  factor: 'credential-leak',
  find: (context) => publicServers(context.graph).flatMap((server) => candidateFor(context, server)),
});

function candidateFor(context: RiskContext, server: Resource): readonly Candidate[] {
  const { graph } = context;
  const [role] = rolesOf(graph, server);
  if (!role || server.type === 'AWS::Lambda::Function' || server.type === 'AWS::ECS::Service') return [];
  const endpoint = launchValue(graph, server, 'MetadataOptions', 'HttpEndpoint');
  const available = not(isOneOf(endpoint, ['disabled']));
  if (available.is === 'no') return [];
  const tokens = launchValue(graph, server, 'MetadataOptions', 'HttpTokens');
  const asked = at(
    server,
    text(
      `the metadata service of ${server.name} is asked (HttpTokens ${showValue(tokens)})`,
      `${server.name}のメタデータサービスに問い合わせる(HttpTokens ${showValue(tokens)})`,
    ),
    tokens,
  );
  const stolen = at(
    role,
    text(`credentials of ${role.name} leave`, `${role.name}の認証情報が持ち出される`),
    permissionsOf(graph, role).at,
  );
  const imds = context.guard('imdsv2', server, 'hinder');
  const paths = applicationWays(graph, server).map((way) =>
    attackPath(
      [...way.hops, asked, stolen],
      [...firewallOn(context, way, 'common'), ...imds],
      all([way.answer, available]),
    ),
  );
  const account = isAdministrator(graph, role).is === 'no' ? [] : [graph.account];
  return [
    {
      resources: [server.id, role.id],
      statement: {
        cause: text(
          `the application on ${server.name} can be made to fetch a URL of the attacker\u2019s choice ${ASSUMED_FLAW.en}`,
          `${server.name}のアプリケーションが、攻撃者の指定するURLを取得してしまう${ASSUMED_FLAW.ja}`,
        ),
        event: text(
          `it asks the metadata service and hands out the credentials of ${role.name}`,
          `メタデータサービスに問い合わせ、${role.name}の認証情報を渡してしまう`,
        ),
        effect: text(
          'the attacker acts in the account with the role\u2019s permissions',
          '攻撃者がロールの権限でアカウントを操作する',
        ),
      },
      reaches: [...blastOf(graph, server), ...account],
      threat: threat(3),
      paths,
      limits: context.guard('iam-least-privilege', role, 'limit', 'permissions'),
      seenBy: serverDetectors(context),
      controls: ['EC2.8', 'AutoScaling.3', 'EC2.170'],
    },
  ];
}
