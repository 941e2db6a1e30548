import type { ResourceGraph } from '../environment/graph.ts';
import type { Text } from '../kernel/texts.ts';
import { type Answer, NO } from '../model/answer.ts';
import type { Verdict } from '../model/finding.ts';
import type { Edit, EditValue } from '../model/remedy.ts';
import type { Resource } from '../model/resource.ts';
import { get, unknown, type Value } from '../model/value.ts';
import { type Control, control, fail, notApplicable, pass, undecidable } from './control.ts';
import { withItems } from './edits.ts';
import type { Question } from './questions.ts';
import { cannotBeDecided, isNotSet, isValue, mayNotApply, type Says } from './sentences.ts';

/** A control that one property decides. The sentences of its findings come from the property itself. */
export interface PropertyControl extends Omit<Control, 'evaluate' | 'remedy' | 'basis'> {
  /** Default `effective`: what AWS takes where nothing is written counts. */
  readonly basis?: Control['basis'];
  /** Where the property stands, in CloudFormation's names. */
  readonly property: readonly string[];
  /** What the findings call the property, where its path does not say it. */
  readonly label?: string;
  /** Reads the value where it does not simply stand at `property`. */
  read?(resource: Resource, graph: ResourceGraph): Value;
  /** Whether the value is as it should be. */
  readonly good: Question;
  /** What holds where nothing is written; `means` says it in words. Default: it is not good. */
  readonly whenAbsent?: { readonly good: Answer; readonly means: Text };
  /** What the findings say where the value would say too much or too little. */
  readonly says?: Says;
  /** The value may be a secret: no part of it is ever shown. */
  readonly secret?: true;
  /** Resources that the control does not judge, with the reason. */
  readonly onlyIf?: Condition;
  readonly remedy: PropertyRemedy;
}

export interface PropertyRemedy {
  readonly summary: Text;
  /** What the property is set to, */
  readonly value?: EditValue;
  /** or what is added to a list that keeps its other items. */
  readonly adds?: readonly EditValue[];
  readonly needs?: readonly Text[];
}

/** A precondition: where the answer is no, the control does not apply. */
export interface Condition {
  holds(resource: Resource, graph: ResourceGraph): Answer;
  readonly otherwise: Text;
}

/** Declares a control that one property decides. */
export function propertyControl(definition: PropertyControl): Control {
  const { property, label, read, good, whenAbsent, says, secret, onlyIf, remedy, ...rest } = definition;
  const name = label ?? property.join('.');
  return control({
    basis: 'effective',
    ...rest,
    evaluate(resource, graph) {
      const applies = onlyIf?.holds(resource, graph);
      if (onlyIf && applies?.is === 'no') return notApplicable(onlyIf.otherwise);
      const value = read ? read(resource, graph) : get(resource.properties, ...property);
      const verdict = judge(definition, name, value);
      if (applies?.is !== 'unknown' || verdict.status !== 'FAIL') return verdict;
      return undecidable(mayNotApply(verdict.because), applies.undecided);
    },
    remedy(resource) {
      const { summary, needs } = remedy;
      const edits = editsOf(resource, property, remedy);
      return needs ? { summary, edits, needs } : { summary, edits };
    },
  });
}

function editsOf(
  resource: Resource,
  path: readonly string[],
  { value, adds }: PropertyRemedy,
): readonly Edit[] {
  const wanted = adds ? withItems(get(resource.properties, ...path), adds) : value;
  if (wanted === undefined) return [];
  return [{ kind: 'set-property', resource: resource.id, path, value: wanted }];
}

function judge(definition: PropertyControl, name: string, value: Value): Verdict {
  const { good, whenAbsent, says, secret } = definition;
  const answer = good(value, whenAbsent?.good ?? NO);
  if (answer.is === 'unknown') {
    const open = secret ? answer.undecided.map((each) => hidden(name, each)) : answer.undecided;
    return undecidable(cannotBeDecided(name, open), open);
  }
  const isGood = answer.is === 'yes';
  if (value.kind === 'absent') {
    const because = isNotSet(name, whenAbsent?.means);
    return isGood ? pass(because, value) : fail(because, value);
  }
  if (says) return isGood ? pass(says.pass, value) : fail(says.fail, value);
  const because = isValue(name, value, isGood);
  return isGood ? pass(because, value) : fail(because, value);
}

/** An undecided value without its expression, in which a part of the secret may stand. */
function hidden(name: string, value: Value): Value {
  return unknown(name, value.kind === 'unknown' ? value.why : 'condition', value.span);
}
