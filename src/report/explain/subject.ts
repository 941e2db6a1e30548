import type { Control } from '../../controls/control.ts';
import { nearest } from '../../kernel/nearest.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import type { Risk } from '../../model/risk.ts';
import type { Safeguard } from '../../safeguards/safeguard.ts';
import { worstFirst } from '../order.ts';

/** Something that can be explained. */
export type Subject =
  | { readonly kind: 'risk'; readonly risk: Risk }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'control'; readonly control: Control }
  | { readonly kind: 'safeguard'; readonly safeguard: Safeguard };

/** Where subjects are looked for; without an assessment only controls and safeguards are known. */
export interface SubjectSources {
  readonly assessment?: Assessment;
  readonly controls: readonly Control[];
  readonly safeguards: readonly Safeguard[];
}

/** Fewer characters of an id than this are not taken as its beginning. */
const SHORTEST_PREFIX = 4;

/**
 * What a word means: the id of a risk or finding (or its beginning, when only one begins so), the name of
 * a risk rule (the worst risk of it), a control's id, or any name and spelling of a safeguard.
 */
export function findSubject(word: string, sources: SubjectSources): Subject | undefined {
  return (
    safeguardSubject(word, sources.safeguards) ??
    controlSubject(word, sources.controls) ??
    (sources.assessment ? assessedSubject(word, sources.assessment) : undefined)
  );
}

/** The word that was most likely meant, when nothing is called so. */
export function suggestSubject(word: string, sources: SubjectSources): string | undefined {
  const names = [
    ...sources.safeguards.flatMap((each) => [each.id, each.name.en, each.name.ja, ...each.alsoKnownAs]),
    ...sources.controls.map(({ id }) => id),
    ...(sources.assessment?.risks.map(({ rule }) => rule) ?? []),
  ];
  return nearest(word, [...new Set(names)]);
}

function safeguardSubject(word: string, safeguards: readonly Safeguard[]): Subject | undefined {
  const wanted = plain(word);
  const found = safeguards.find((each) =>
    [each.id, each.name.en, each.name.ja, ...each.alsoKnownAs].some((name) => plain(name) === wanted),
  );
  return found && { kind: 'safeguard', safeguard: found };
}

/** A name without case, spaces and joints: `Gurd Duty`, `gurd-duty` and `GurdDuty` are one. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_.・]/g, '');
}

function controlSubject(word: string, controls: readonly Control[]): Subject | undefined {
  const wanted = word.toLowerCase();
  const found = controls.find(({ id, configRule }) => id.toLowerCase() === wanted || configRule === wanted);
  return found && { kind: 'control', control: found };
}

function assessedSubject(word: string, { risks, findings }: Assessment): Subject | undefined {
  const ofRule = worstFirst(risks.filter(({ rule }) => rule === word))[0];
  const risk = ofRule ?? byId(word, risks);
  if (risk) return { kind: 'risk', risk };
  const finding = byId(word, findings);
  return finding && { kind: 'finding', finding };
}

function byId<T extends { readonly id: string }>(word: string, things: readonly T[]): T | undefined {
  const exact = things.find(({ id }) => id === word);
  if (exact || word.length < SHORTEST_PREFIX) return exact;
  const begin = things.filter(({ id }) => id.startsWith(word));
  return begin.length === 1 ? begin[0] : undefined;
}
