import { text } from '../../kernel/texts.ts';
import { type Answer, all, answer, not, undecided } from '../../model/answer.ts';
import { get, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import { control, verdict } from '../control.ts';
import { INGRESS_TYPES, isFromAnywhere, someIngress, standsForItself } from './ingress.ts';
import { offendingRule } from './port-control.ts';

/** Ports that may be open to everybody: the default parameter of the control. */
const AUTHORIZED = [80, 443];

/** AWS Security Hub controls reference, EC2.18 (authorized TCP ports 80 and 443; no UDP port). */
export const definition = control({
  id: 'EC2.18',
  title: text('Only the web ports are open to the internet', 'インターネットに開くのはWebのポートだけにする'),
  severity: 'high',
  resourceTypes: INGRESS_TYPES,
  concerns: standsForItself,
  configRule: 'vpc-sg-open-only-to-authorized-ports',
  mappings: {},
  basis: 'effective',
  evaluate: (group, graph) =>
    verdict(
      not(someIngress(group, graph, violates)),
      {
        pass: text(
          'nothing but ports 80 and 443 is open to the whole internet',
          'インターネット全体に開いているのは80番と443番だけです',
        ),
        fail: text(
          'a port other than 80 and 443 is open to the whole internet',
          '80番・443番以外のポートがインターネット全体に開いています',
        ),
        unknown: text(
          'whether another port is open to the internet cannot be decided',
          'ほかのポートがインターネットに開いているか決められません',
        ),
      },
      offendingRule(group, graph, violates),
    ),
  remedy: () => ({
    summary: text(
      'Restrict the source of the rule to the addresses or security groups that need it',
      'ルールの送信元を、必要なアドレスまたはセキュリティグループに限る',
    ),
    edits: [],
    needs: [text('who needs the port', 'そのポートを必要とする相手')],
  }),
});

function violates(rule: Value): Answer {
  return all([isFromAnywhere(rule), not(onlyAuthorized(rule))]);
}

/** Whether a rule covers nothing but authorized TCP ports (ICMP carries no port). */
function onlyAuthorized(rule: Value): Answer {
  const protocol = get(rule, 'IpProtocol');
  const from = get(rule, 'FromPort');
  const to = get(rule, 'ToPort');
  const open = [protocol, from, to].filter((each) => each.kind === 'unknown' || each.kind === 'oneOf');
  if (open.length > 0) return undecided(...open);
  const name = stringFrom(protocol)?.toLowerCase() ?? '-1';
  if (['icmp', 'icmpv6', '1', '58'].includes(name)) return answer(true);
  if (name !== 'tcp' && name !== '6') return answer(false);
  const low = numberFrom(from);
  return answer(low !== undefined && low === (numberFrom(to) ?? low) && AUTHORIZED.includes(low));
}
