import type { ResourceGraph } from '../../environment/graph.ts';
import { launchTemplateOf, launchValue, subnetsOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, EditValue, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { addResource, appendPath, getAtt, logicalId, ref, rewritten, setProperty, sub } from '../edits.ts';
import { instanceRoles } from '../roles.ts';
import { property } from '../values.ts';
import { installs } from './installs.ts';
import { managed, pathToSystemsManager } from './managed.ts';

const MANAGED_POLICY = sub('arn:{AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore');

/** What is missing for a server to be patched: a task, the role, the way, or a baseline that does not wait. */
export function patchRemedy(graph: ResourceGraph, server: Resource): Remedy {
  const missingTask = installs(graph, server).state !== 'on';
  const missingWay = pathToSystemsManager(graph, server).state === 'off';
  return {
    summary: text(
      'Put the server under Systems Manager and install patches every week.',
      'サーバーをSystems Managerの管理下に置き、毎週パッチを適用します。',
    ),
    edits: [
      ...(missingTask ? weeklyTask(server) : []),
      ...(missingTask ? promptBaselines(graph) : []),
      ...management(graph, server),
      ...(missingWay ? endpoints(graph, server) : []),
    ],
    needs: [
      text(
        'a weekly time at which a restart is allowed (here Saturday 18:00 UTC)',
        '再起動してよい曜日と時刻(ここでは土曜18:00 UTC=日曜3:00 JST)',
      ),
      ...(missingWay
        ? [
            text(
              'a security group that admits HTTPS from the server to the endpoints, and a way to the package repositories',
              'サーバーからエンドポイントへのHTTPSを許可するセキュリティグループと、パッケージリポジトリへの経路',
            ),
          ]
        : []),
    ],
  };
}

function weeklyTask(server: Resource): readonly Edit[] {
  const isGroup = server.type === 'AWS::AutoScaling::AutoScalingGroup';
  const tag = { Key: 'PatchedBy', Value: 'weekly' };
  return [
    setProperty(server, appendPath(server, 'Tags'), isGroup ? { ...tag, PropagateAtLaunch: true } : tag),
    addResource('WeeklyPatches', 'AWS::SSM::Association', {
      Name: 'AWS-RunPatchBaseline',
      AssociationName: 'weekly-patches',
      ScheduleExpression: 'cron(0 18 ? * SAT *)',
      Parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
      Targets: [{ Key: 'tag:PatchedBy', Values: ['weekly'] }],
    }),
  ];
}

/** Approves patches after a week where a baseline waits longer than a month. */
function promptBaselines(graph: ResourceGraph): readonly Edit[] {
  return declared(graph, 'AWS::SSM::PatchBaseline').flatMap((baseline) =>
    itemsOf(property(baseline, 'ApprovalRules', 'PatchRules')).flatMap((rule, index) =>
      (numberFrom(get(rule, 'ApproveAfterDays')) ?? 0) > 30
        ? [setProperty(baseline, `ApprovalRules.PatchRules.${index}.ApproveAfterDays`, 7)]
        : [],
    ),
  );
}

/** Gives the server's role the managed policy of Systems Manager, or the server a role that has it. */
function management(graph: ResourceGraph, server: Resource): readonly Edit[] {
  if (managed(graph, server).state !== 'off') return [];
  const [role] = instanceRoles(graph, launchValue(graph, server, 'IamInstanceProfile'));
  if (role) return [setProperty(role, appendPath(role, 'ManagedPolicyArns'), MANAGED_POLICY)];
  const template = launchTemplateOf(graph, server);
  if (server.type !== 'AWS::EC2::Instance' && template?.type !== 'AWS::EC2::LaunchTemplate') return [];
  const roleName = logicalId(server, 'Role');
  const profile = logicalId(server, 'InstanceProfile');
  return [
    addResource(roleName, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      ManagedPolicyArns: [MANAGED_POLICY],
    }),
    addResource(profile, 'AWS::IAM::InstanceProfile', { Roles: [ref(roleName)] }),
    template?.type === 'AWS::EC2::LaunchTemplate'
      ? setProperty(template, 'LaunchTemplateData.IamInstanceProfile.Arn', getAtt(profile, 'Arn'))
      : setProperty(server, 'IamInstanceProfile', ref(profile)),
  ];
}

/** The interface endpoints without which a server in a closed subnet never hears of Systems Manager. */
function endpoints(graph: ResourceGraph, server: Resource): readonly Edit[] {
  const subnets = subnetsOf(graph, server);
  const [first] = subnets;
  if (!first) return [];
  const vpc: EditValue = rewritten(property(first, 'VpcId'));
  return ['ssm', 'ssmmessages', 'ec2messages'].map((service) =>
    addResource(logicalId(service, 'Endpoint'), 'AWS::EC2::VPCEndpoint', {
      VpcId: vpc,
      VpcEndpointType: 'Interface',
      ServiceName: sub(`com.amazonaws.{AWS::Region}.${service}`),
      SubnetIds: subnets.map((subnet) => ref(subnet)),
      PrivateDnsEnabled: true,
    }),
  );
}
