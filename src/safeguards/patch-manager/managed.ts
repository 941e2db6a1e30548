import type { ResourceGraph } from '../../environment/graph.ts';
import {
  isPublicSubnet,
  launchValue,
  routeTableOf,
  subnetsOf,
} from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, answer, any } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { covers } from '../policies.ts';
import { on, presenceOf, providedBy, unsure } from '../presence.ts';
import { allowsOf, attachesManagedPolicy, instanceRoles } from '../roles.ts';
import type { Presence } from '../safeguard.ts';
import { literalText, property } from '../values.ts';

/** Managed policies that let the agent of Systems Manager work. */
const MANAGED_POLICIES = [
  'AmazonSSMManagedInstanceCore',
  'AmazonEC2RoleforSSM',
  'AmazonSSMManagedEC2InstanceDefaultPolicy',
];

/** The action without which an instance never registers with Systems Manager. */
const REGISTER = 'ssm:UpdateInstanceInformation';

/** Whether a server is under Systems Manager: by its role, or by default host management of the account. */
export function managed(graph: ResourceGraph, server: Resource): Presence {
  const host = defaultHostManagement(graph);
  if (host) {
    return providedBy(host, on(text('default host management is on', 'デフォルトのホスト管理が有効です')));
  }
  const reached = reachedServer(graph, server);
  if (reached) {
    return providedBy(
      reached,
      on(text('Systems Manager reaches its agent', 'Systems Managerがエージェントに到達しています')),
    );
  }
  const profile = launchValue(graph, server, 'IamInstanceProfile');
  const roles = instanceRoles(graph, profile);
  if (roles.length === 0 && profile.kind !== 'absent') {
    return unsure(
      text(
        'the instance profile is not among what was read',
        'インスタンスプロファイルが読み取り対象に含まれていません',
      ),
      [profile],
    );
  }
  return presenceOf(
    any(roles.map((role) => all([role.exists, mayRegister(graph, role)]))),
    {
      on: text(
        'its role lets Systems Manager manage it',
        'ロールがSystems Managerによる管理を許可しています',
      ),
      off: text(
        'its role does not let Systems Manager manage it',
        'ロールがSystems Managerによる管理を許可していません',
      ),
      unknown: text('whether its role exists is not decided', 'ロールの存在が未確定です'),
    },
    profile,
  );
}

/** What the account says of a server whose agent has reported; only a live account can say it. */
function reachedServer(graph: ResourceGraph, server: Resource): Resource | undefined {
  return declared(graph, 'Account::ManagedInstance').find(
    (each) =>
      literalText(property(each, 'PingStatus')) === 'Online' &&
      graph.target(property(each, 'InstanceId'))?.id === server.id,
  );
}

/** Default host management, declared as such or by the setting of Systems Manager behind it. */
function defaultHostManagement(graph: ResourceGraph): Resource | undefined {
  const setting = declared(graph, 'Account::SystemsManagerSetting').find((each) =>
    literalText(property(each, 'SettingId')).endsWith('/default-ec2-instance-management-role'),
  );
  return declared(graph, 'Account::DefaultHostManagement')[0] ?? setting;
}

function mayRegister(graph: ResourceGraph, role: Resource): Answer {
  const inline = allowsOf(graph, role).some((statement) =>
    statement.actions.some((action) => covers(action, REGISTER)),
  );
  return inline ? answer(true) : attachesManagedPolicy(role, MANAGED_POLICIES);
}

/** Whether a server reaches Systems Manager: over the internet, a NAT gateway or interface endpoints. */
export function pathToSystemsManager(graph: ResourceGraph, server: Resource): Presence {
  const subnets = subnetsOf(graph, server);
  if (subnets.length === 0) {
    return unsure(
      text('its subnet is not among what was read', 'サブネットが読み取り対象に含まれていません'),
      [property(server, 'SubnetId')],
    );
  }
  return presenceOf(all(subnets.map((subnet) => wayOut(graph, subnet))), {
    on: text('its subnet has a way to Systems Manager', 'サブネットからSystems Managerへの経路があります'),
    off: text(
      'its subnet has neither a way out nor an endpoint of Systems Manager',
      'サブネットに外部への経路もSystems Managerのエンドポイントもありません',
    ),
    unknown: text(
      'whether its subnet has a way out is not decided',
      'サブネットから外部への経路が未確定です',
    ),
  });
}

/** Many servers share a subnet, so the answer is kept for each. */
function wayOut(graph: ResourceGraph, subnet: Resource): Answer {
  const known = graph.memo(waysOut);
  const before = known.get(subnet.id);
  if (before) return before;
  const way = any([hasEndpoint(graph, subnet), goesOut(graph, subnet), isPublicSubnet(graph, subnet)]);
  known.set(subnet.id, way);
  return way;
}

function waysOut(_: ResourceGraph): Map<string, Answer> {
  return new Map();
}

/** Default routes to something that leads out. */
const WAYS_OUT = [
  'NatGatewayId',
  'TransitGatewayId',
  'InstanceId',
  'NetworkInterfaceId',
  'VpcEndpointId',
  'CoreNetworkArn',
];

function goesOut(graph: ResourceGraph, subnet: Resource): Answer {
  const table = routeTableOf(graph, subnet);
  if (!table) return answer(false);
  return any(
    graph
      .referrersOfType(table, 'AWS::EC2::Route')
      .map((route) =>
        all([
          route.exists,
          answer(
            stringFrom(property(route, 'DestinationCidrBlock')) === '0.0.0.0/0' &&
              WAYS_OUT.some((name) => property(route, name).kind !== 'absent'),
          ),
        ]),
      ),
  );
}

function hasEndpoint(graph: ResourceGraph, subnet: Resource): Answer {
  const vpc = graph.target(property(subnet, 'VpcId'));
  return any(
    (vpc &&
      graph
        .memo(endpointsByVpc)
        .get(vpc.id)
        ?.map((endpoint) => endpoint.exists)) ??
      [],
  );
}

/** The endpoints of Systems Manager by the VPC in which they stand. */
function endpointsByVpc(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const endpoint of declared(graph, 'AWS::EC2::VPCEndpoint')) {
    const vpc = graph.target(property(endpoint, 'VpcId'));
    if (!vpc || !literalText(property(endpoint, 'ServiceName')).endsWith('.ssm')) continue;
    index.set(vpc.id, [...(index.get(vpc.id) ?? []), endpoint]);
  }
  return index;
}
