import type { ResourceGraph } from '../../environment/graph.ts';
import { distributionsBefore, placementOf } from '../../environment/reachability/index.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, EditValue, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, type Value } from '../../model/value.ts';
import { ref } from '../edits.ts';
import { property } from '../values.ts';
import { admissionsOf } from './admission.ts';

/** The part that risks ask for: closed to the internet, because something else stands in front. */
export const EXPOSURE = 'exposure';

const LOAD_BALANCERS = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
] as const;

/** What stands before the resources of a group, and may go on reaching them. */
interface Front {
  readonly source: EditValue;
  /** Whether it is CloudFront's list of addresses, else a security group. */
  readonly isList: boolean;
  readonly who: Text;
  readonly needs: readonly Text[];
}

/**
 * Narrows the rules that admit the whole internet to what stands in front: CloudFront's managed prefix list
 * before a load balancer, the load balancer's group before servers. Nothing in front: the way would only be
 * cut, so a front is asked for. Source: Amazon VPC user guide, "AWS-managed prefix lists"; Elastic Load
 * Balancing, "Security groups for your Application Load Balancer".
 */
export function exposureRemedy(graph: ResourceGraph, groups: readonly Resource[]): Remedy {
  const fronts = groups.map((group) => ({ group, front: frontOf(graph, group) }));
  const known = fronts.flatMap(({ group, front }) => (front ? [{ group, front }] : []));
  const [first] = known;
  if (!first) return { summary: NO_FRONT, edits: [], needs: [FRONT_FIRST] };
  return {
    summary: text(
      `Admit only ${first.front.who.en}, so that nothing that filters in front is passed by.`,
      `${first.front.who.ja}だけを許可し、手前の防御を迂回できないようにします。`,
    ),
    edits: known.flatMap(({ group, front }) => narrowed(graph, group, front)),
    needs: [...new Set(known.flatMap(({ front }) => front.needs))],
  };
}

const NO_FRONT = text(
  'Put a load balancer or CloudFront in front, then admit only that.',
  'ロードバランサーかCloudFrontを前段に置き、そこからの接続だけを許可します。',
);
const FRONT_FIRST = text(
  'a load balancer or CloudFront in front: without it, closing the group closes the web site',
  '前段のロードバランサーまたはCloudFront(ないまま閉じるとWebサイトも止まります)',
);

function frontOf(graph: ResourceGraph, group: Resource): Front | undefined {
  const balancers = graph.ofType(...LOAD_BALANCERS);
  const own = balancers.filter((balancer) => usesGroup(graph, balancer, group));
  if (own.length > 0) {
    return own.some((balancer) => distributionsBefore(graph, balancer).length > 0) ? CLOUDFRONT : undefined;
  }
  const source = balancers
    .filter(({ stack }) => stack === group.stack)
    .flatMap((balancer) => placementOf(graph, balancer).groups.map(({ resource }) => resource))
    .find(({ type }) => type === 'AWS::EC2::SecurityGroup');
  if (!source) return undefined;
  return {
    source: ref(source),
    isList: false,
    who: text('the load balancer', 'ロードバランサーから'),
    needs: [
      text(
        'clients that use the server’s own address must go through the load balancer',
        'サーバーのアドレスを直接使っている利用者をロードバランサー経由に切り替えること',
      ),
    ],
  };
}

/** The list's id differs from region to region, so the template takes it as a parameter. */
const CLOUDFRONT: Front = {
  source: { Ref: 'CloudFrontPrefixListId' },
  isList: true,
  who: text('CloudFront (its managed prefix list)', 'CloudFront(マネージドプレフィックスリスト)から'),
  needs: [
    text(
      'the id of the list com.amazonaws.global.cloudfront.origin-facing in this region (parameter CloudFrontPrefixListId): aws ec2 describe-managed-prefix-lists',
      'このリージョンの com.amazonaws.global.cloudfront.origin-facing のID(パラメータCloudFrontPrefixListId):aws ec2 describe-managed-prefix-lists',
    ),
    text(
      'a header that CloudFront adds and the listener asks for: the list admits the distributions of others too',
      'CloudFrontが付けリスナーが確認する独自ヘッダー(プレフィックスリストは他者のディストリビューションも許可するため)',
    ),
  ],
};

function usesGroup(graph: ResourceGraph, balancer: Resource, group: Resource): boolean {
  return placementOf(graph, balancer).groups.some(({ resource }) => resource.id === group.id);
}

const SIGN_IN_PORTS = [22, 3389];

/**
 * Each inline rule that admits everybody becomes one that admits the front on the same ports; those to sign in
 * with go, from the last to the first so that the indexes before stay true.
 */
function narrowed(graph: ResourceGraph, group: Resource, front: Front): readonly Edit[] {
  const wide = new Set(
    admissionsOf(graph, group)
      .filter(({ width }) => width === 'internet')
      .map(({ at }) => at),
  );
  const rules = itemsOf(property(group, 'SecurityGroupIngress')).flatMap((rule, index) =>
    wide.has(rule) ? [{ index: String(index), ports: portsOf(rule) }] : [],
  );
  const [signIn, others] = [true, false].map((wanted) =>
    rules.filter(({ ports }) => isSignIn(ports) === wanted),
  );
  return [
    ...(others ?? []).map(
      ({ index, ports }): Edit => ({
        kind: 'set-property',
        resource: group.id,
        path: ['SecurityGroupIngress', index],
        value: ruleFor(ports, front),
      }),
    ),
    ...(signIn ?? []).toReversed().map(
      ({ index }): Edit => ({
        kind: 'remove-property',
        resource: group.id,
        path: ['SecurityGroupIngress', index],
      }),
    ),
  ];
}

/** First and last port; undefined for every port. */
function portsOf(rule: Value): readonly [number, number] | undefined {
  const [from, to] = [numberFrom(get(rule, 'FromPort')), numberFrom(get(rule, 'ToPort'))];
  return from === undefined || to === undefined ? undefined : [from, to];
}

function isSignIn(ports: readonly [number, number] | undefined): boolean {
  return ports !== undefined && ports[0] === ports[1] && SIGN_IN_PORTS.includes(ports[0]);
}

function ruleFor(ports: readonly [number, number] | undefined, { source, isList }: Front): EditValue {
  const admitted: Readonly<Record<string, EditValue>> = isList
    ? { SourcePrefixListId: source }
    : { SourceSecurityGroupId: source };
  return ports
    ? { IpProtocol: 'tcp', FromPort: ports[0], ToPort: ports[1], ...admitted }
    : { IpProtocol: '-1', ...admitted };
}
