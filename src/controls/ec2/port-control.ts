import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { type Answer, all, someItem } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, type Value } from '../../model/value.ts';
import { type Control, control, fail, pass, undecidable } from '../control.ts';
import {
  coversPort,
  INGRESS_TYPES,
  isFromAnywhere,
  separateRules,
  someIngress,
  standsForItself,
} from './ingress.ts';

/** A control that forbids the internet a set of ports of a security group. */
export interface PortControl extends Pick<Control, 'id' | 'title' | 'severity' | 'configRule' | 'mappings'> {
  readonly ports: readonly number[];
  readonly protocols?: readonly string[];
  /** Which callers count as everybody (default: all of IPv4 or of IPv6). */
  readonly isOpen?: (rule: Value) => Answer;
}

/** Declares a control that forbids the internet a set of ports. */
export function portControl(definition: PortControl): Control {
  const { ports, protocols, isOpen = isFromAnywhere, ...rest } = definition;
  const violates = (rule: Value) => all([isOpen(rule), coversPort(rule, ports, protocols)]);
  const shown = show(ports);
  const says = sentences(shown);
  return control({
    ...rest,
    resourceTypes: INGRESS_TYPES,
    concerns: standsForItself,
    basis: 'effective',
    evaluate(group, graph) {
      const open = someIngress(group, graph, violates);
      if (open.is === 'no') return pass(says.pass);
      if (open.is === 'unknown') return undecidable(says.unknown, open.undecided);
      const rule = offendingRule(group, graph, violates);
      const opened = ports.filter((port) => rule && coversPort(rule, [port], protocols).is === 'yes');
      return fail(opens(show(opened)), rule);
    },
    remedy(group) {
      return {
        summary: text(
          `Admit ${shown} only from the addresses or security groups that need it, or use Session Manager`,
          `${shown} 番ポートは必要なアドレスまたはセキュリティグループだけに許可する(または Session Manager を使う)`,
        ),
        edits: removals(group, violates),
      };
    },
  });
}

function sentences(shown: string): { pass: Text; unknown: Text } {
  return {
    pass: text(
      `no rule opens port ${shown} to the whole internet`,
      `${shown} 番ポートをインターネット全体に開くルールはありません`,
    ),
    unknown: text(
      `whether a rule opens port ${shown} to the internet cannot be decided`,
      `${shown} 番ポートをインターネットに開くルールがあるか決められません`,
    ),
  };
}

function opens(shown: string): Text {
  return text(
    `a rule opens port ${shown} to the whole internet`,
    `${shown} 番ポートをインターネット全体に開くルールがあります`,
  );
}

/** At most so many port numbers are shown. */
const MOST_SHOWN = 6;

function show(ports: readonly number[]): string {
  const first = ports.slice(0, MOST_SHOWN).join(', ');
  return ports.length > MOST_SHOWN ? `${first}, …` : first;
}

/** The rule that violates for certain, to be shown; else the list of rules. */
export function offendingRule(
  group: Resource,
  graph: ResourceGraph,
  violates: (rule: Value) => Answer,
): Value | undefined {
  if (group.type !== 'AWS::EC2::SecurityGroup') return group.properties;
  const inline = get(group.properties, 'SecurityGroupIngress');
  const rules = [...itemsOf(inline), ...separateRules(group, graph).map((rule) => rule.properties)];
  const found = rules.find((rule) => violates(rule).is === 'yes');
  return found ?? (inline.kind === 'absent' ? undefined : inline);
}

/** Takes the offending inline rules away; a rule that is a resource of its own is named in the summary. */
function removals(group: Resource, violates: (rule: Value) => Answer) {
  const inline = get(group.properties, 'SecurityGroupIngress');
  if (someItem(inline, violates).is !== 'yes') return [];
  return itemsOf(inline).flatMap((rule, index) =>
    violates(rule).is === 'yes'
      ? [
          {
            kind: 'remove-property',
            resource: group.id,
            path: ['SecurityGroupIngress', String(index)],
          } as const,
        ]
      : [],
  );
}
