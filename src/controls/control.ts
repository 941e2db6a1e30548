import type { ResourceGraph } from '../environment/graph.ts';
import type { Text } from '../kernel/texts.ts';
import type { Answer } from '../model/answer.ts';
import type { Severity, Verdict } from '../model/finding.ts';
import type { Remedy } from '../model/remedy.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** A check of one fact of one resource. */
export interface Control {
  /** AWS's FSBP id where AWS has one, such as `S3.8`. */
  readonly id: string;
  readonly title: Text;
  readonly severity: Severity;
  readonly resourceTypes: readonly string[];
  /** The AWS Config managed rule that AWS names for it, in kebab-case. */
  readonly configRule?: string;
  /** Ids of requirements in other standards; ids only. */
  readonly mappings: Readonly<Record<string, readonly string[]>>;
  /** `template`: what the author wrote. `effective`: what holds after AWS's defaults. */
  readonly basis: 'template' | 'effective';
  /**
   * Whether the control has anything to say of a resource of its types (default: yes). Where it has
   * not, there is no finding: the fact belongs to another resource.
   */
  concerns?(resource: Resource, graph: ResourceGraph): boolean;
  evaluate(resource: Resource, graph: ResourceGraph): Verdict;
  /** What to change, in words and as structured edits. */
  remedy(resource: Resource, graph: ResourceGraph): Remedy;
}

/** Declares a control; the folder's generated registry finds it by its file. */
export function control(definition: Control): Control {
  return definition;
}

export function pass(because: Text, at?: Value): Verdict {
  return at ? { status: 'PASS', because, at } : { status: 'PASS', because };
}

export function fail(because: Text, at?: Value): Verdict {
  return at ? { status: 'FAIL', because, at } : { status: 'FAIL', because };
}

export function undecidable(because: Text, values: readonly Value[]): Verdict {
  const at = values[0];
  return { status: 'UNKNOWN', because, undecided: values, ...(at ? { at } : {}) };
}

export function notApplicable(because: Text): Verdict {
  return { status: 'NOT_APPLICABLE', because };
}

/** Turns an answer into a verdict: yes passes, no fails, unknown names what would decide it. */
export function verdict(
  good: Answer,
  texts: { readonly pass: Text; readonly fail: Text; readonly unknown: Text },
  at?: Value,
): Verdict {
  if (good.is === 'yes') return pass(texts.pass, at);
  if (good.is === 'no') return fail(texts.fail, at);
  return undecidable(texts.unknown, good.undecided);
}
