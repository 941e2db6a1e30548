import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, any, ask, someItem, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, isUndecided, stringFrom, type Value } from '../../model/value.ts';
import { control, fail, verdict } from '../control.ts';
import { launchSetting } from '../ec2/launch.ts';

/** Managed policies of AWS with which an instance registers itself. */
const MANAGING = [
  'AmazonSSMManagedInstanceCore',
  'AmazonSSMManagedEC2InstanceDefaultPolicy',
  'AmazonEC2RoleforSSM',
];

/**
 * AWS Security Hub controls reference, SSM.1. A template shows the precondition: a role that lets the agent
 * register. Whether the agent runs is seen only in the account.
 */
export const definition = control({
  id: 'SSM.1',
  title: text('Instances can be managed by Systems Manager', 'インスタンスを Systems Manager で管理できる'),
  severity: 'medium',
  resourceTypes: ['AWS::EC2::Instance'],
  configRule: 'ec2-instance-managed-by-systems-manager',
  mappings: {
    'nist-800-53-r5': [
      'CM-2(2)',
      'CM-2(a)',
      'CM-2(b)',
      'CM-2(b)(1)',
      'CM-2(b)(2)',
      'CM-2(b)(3)',
      'CM-3(3)',
      'CM-6',
      'CM-8(1)',
      'CM-8(2)',
      'CM-8(3)(a)',
      'CM-8(6)',
      'CM-8(a)',
      'CM-8(a)(1)',
      'CM-8(a)(2)',
      'CM-8(a)(3)',
      'CM-8(a)(4)',
      'CM-8(a)(5)',
      'CM-8(b)',
      'SI-3(c)(2)',
    ],
  },
  basis: 'template',
  evaluate(instance, graph) {
    const profile = launchSetting(instance, graph, 'IamInstanceProfile');
    if (profile.kind === 'absent') return fail(NO_PROFILE);
    const roles = rolesOf(profile, graph);
    const answer = roles ? any(roles.map((role) => letsRegister(role, graph))) : undecided(profile);
    return verdict(answer, SENTENCES, profile);
  },
  remedy: () => ({
    summary: text(
      'Attach AmazonSSMManagedInstanceCore to the role of the instance',
      'インスタンスのロールに AmazonSSMManagedInstanceCore を付ける',
    ),
    edits: [],
  }),
});

const NO_PROFILE = text('the instance has no role', 'インスタンスにロールがありません');
const SENTENCES = {
  pass: text('its role lets the agent register', 'ロールがエージェントの登録を許可しています'),
  fail: text('its role does not let the agent register', 'ロールがエージェントの登録を許可していません'),
  unknown: text(
    'whether its role lets the agent register cannot be decided',
    'ロールがエージェントの登録を許可するか決められません',
  ),
};

/** The roles of an instance profile, or undefined where the profile or a role lies elsewhere. */
function rolesOf(profile: Value, graph: ResourceGraph): readonly Resource[] | undefined {
  const name = profile.kind === 'map' ? [get(profile, 'Name'), get(profile, 'Arn')] : [profile];
  const resource = name.map((each) => graph.target(each)).find((each) => each !== undefined);
  if (resource?.type !== 'AWS::IAM::InstanceProfile') return undefined;
  const roles = get(resource.properties, 'Roles');
  if (roles.kind !== 'list') return undefined;
  const found = roles.items.map((role) => graph.target(role));
  return found.every((role): role is Resource => role?.type === 'AWS::IAM::Role') ? found : undefined;
}

function letsRegister(role: Resource, graph: ResourceGraph): Answer {
  const policies = get(role.properties, 'ManagedPolicyArns');
  return someItem(policies, (arn) =>
    isUndecided(arn) && graph.target(arn)
      ? { is: 'no' }
      : ask(arn, (each) => MANAGING.some((name) => stringFrom(each)?.endsWith(`/${name}`))),
  );
}
