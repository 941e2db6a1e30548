import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, stringFrom } from '../../model/value.ts';
import { control, fail, pass, undecidable } from '../control.ts';

/**
 * AWS Security Hub controls reference, EC2.2. The default group of a VPC comes with the VPC and admits its
 * own members and all outbound traffic; a template cannot empty it, only open it further or (Terraform,
 * `aws_default_security_group`) take its rules over.
 */
export const definition = control({
  id: 'EC2.2',
  title: text(
    "The VPC's default security group lets nothing through",
    'VPCのデフォルトセキュリティグループが通信を許可しない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::EC2::VPC'],
  configRule: 'vpc-default-security-group-closed',
  mappings: {
    'cis-5.0': ['5.5'],
    'nist-800-53-r5': [
      'AC-4(21)',
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17(b)',
      'CM-6(a)',
      'CM-9(b)',
      'SC-7(5)',
      'SC-7(7)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7(a)',
      'SC-7(c)',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.2.1.a', '1.2.1.b', '1.2.1.c', '1.3', '1.3.5'],
  },
  basis: 'effective',
  evaluate(vpc, graph) {
    const managed = defaultGroup(vpc, graph);
    if (managed) {
      const { properties } = managed;
      const rules = [get(properties, 'SecurityGroupIngress'), get(properties, 'SecurityGroupEgress')];
      const open = rules.filter((each) => each.kind === 'unknown' || each.kind === 'oneOf');
      if (open.length > 0) return undecidable(UNDECIDED, open);
      const rule = rules.find((each) => each.kind === 'list' && each.items.length > 0);
      return rule ? fail(HAS_RULES, rule) : pass(EMPTY);
    }
    const opened = graph
      .referrersOfType(vpc, 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress')
      .find((rule) => refersToDefaultGroup(rule, vpc, graph));
    return fail(opened ? HAS_RULES : UNTOUCHED, opened?.properties);
  },
  remedy: (vpc) => ({
    summary: text(
      'Take every rule out of the default group and give each resource a group of its own',
      'デフォルトグループのルールをすべて削除し、リソースごとに専用のグループを使う',
    ),
    edits: [
      {
        kind: 'command',
        command: `aws ec2 describe-security-groups --filters Name=vpc-id,Values=<id of ${vpc.name}> Name=group-name,Values=default`,
      },
    ],
  }),
});

const UNTOUCHED = text(
  'the default group still has the rules it comes with: its members reach each other and everything outside',
  'デフォルトグループが初期状態のままです(グループ内の相互通信と外向きの全通信を許可)',
);
const HAS_RULES = text('the default group has rules', 'デフォルトグループにルールがあります');
const EMPTY = text('the default group has no rule', 'デフォルトグループにルールはありません');
const UNDECIDED = text(
  'whether the default group has rules cannot be decided',
  'デフォルトグループにルールがあるか決められません',
);

/** The default group taken over, as Terraform does it; no other group may be called `default`. */
function defaultGroup(vpc: Resource, graph: ResourceGraph): Resource | undefined {
  return graph
    .referrersOfType(vpc, 'AWS::EC2::SecurityGroup')
    .find((group) => stringFrom(get(group.properties, 'GroupName')) === 'default');
}

function refersToDefaultGroup(rule: Resource, vpc: Resource, graph: ResourceGraph): boolean {
  return graph
    .references(rule)
    .some(
      (edge) => edge.to === vpc.id && edge.path === 'GroupId' && edge.attribute === 'DefaultSecurityGroup',
    );
}
