import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, ask, isOneOf, isTrue, not, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import { control, verdict } from '../control.ts';

const ENTRY = 'AWS::EC2::NetworkAclEntry';
const NETWORK_ACL = 'AWS::EC2::NetworkAcl';

/**
 * AWS Security Hub controls reference, EC2.21. Entries count one by one; an entry whose list is declared
 * elsewhere is judged by itself.
 */
export const definition = control({
  id: 'EC2.21',
  title: text(
    'Network ACLs do not admit everybody to remote administration',
    'ネットワークACLが管理用ポート(22・3389)を誰にでも許可しない',
  ),
  severity: 'medium',
  resourceTypes: [NETWORK_ACL, ENTRY],
  configRule: 'nacl-no-unrestricted-ssh-rdp',
  mappings: {
    'cis-5.0': ['5.2'],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.2.1.a', '1.2.1.b', '1.2.1.c', '1.2.3', '1.2.3.b', '1.3', '1.3.2'],
  },
  basis: 'effective',
  concerns: (resource, graph) => resource.type === NETWORK_ACL || aclOf(resource, graph) === undefined,
  evaluate(resource, graph) {
    const entries = resource.type === NETWORK_ACL ? graph.referrersOfType(resource, ENTRY) : [resource];
    const answers = entries.map((entry) => all([entry.exists, admitsAdministration(entry.properties)]));
    const open = entries[answers.findIndex((each) => each.is === 'yes')];
    return verdict(
      not(any(answers)),
      {
        pass: text(
          'no entry admits everybody to 22 or 3389',
          '22番・3389番を誰にでも許可するエントリはありません',
        ),
        fail: text(
          'an entry admits everybody to 22 or 3389',
          '22番または3389番を誰にでも許可するエントリがあります',
        ),
        unknown: text(
          'whether an entry admits everybody to 22 or 3389 cannot be decided',
          '22番・3389番を誰にでも許可するエントリがあるか決められません',
        ),
      },
      (open ?? entries[0])?.properties,
    );
  },
  remedy: () => ({
    summary: text(
      'Restrict the entry to the ports and addresses that are needed',
      'エントリを必要なポートとアドレスに限る',
    ),
    edits: [],
  }),
});

function aclOf(entry: Resource, graph: ResourceGraph): Resource | undefined {
  const target = graph.target(get(entry.properties, 'NetworkAclId'));
  return target?.type === NETWORK_ACL ? target : undefined;
}

function admitsAdministration(entry: Value): Answer {
  return all([
    not(isTrue(get(entry, 'Egress'))),
    isOneOf(get(entry, 'RuleAction'), ['allow']),
    any([
      isOneOf(get(entry, 'CidrBlock'), ['0.0.0.0/0']),
      ask(get(entry, 'Ipv6CidrBlock'), (each) => stringFrom(each) === '::/0'),
    ]),
    any([isOneOf(get(entry, 'Protocol'), [-1]), all([isOneOf(get(entry, 'Protocol'), [6]), covers(entry)])]),
  ]);
}

function covers(entry: Value): Answer {
  const range = get(entry, 'PortRange');
  if (range.kind === 'absent') return YES;
  const from = get(range, 'From');
  const to = get(range, 'To');
  const low = numberFrom(from);
  const high = numberFrom(to);
  if (low === undefined || high === undefined) return undecided(low === undefined ? from : to);
  return [22, 3389].some((port) => low <= port && port <= high) ? YES : not(YES);
}
