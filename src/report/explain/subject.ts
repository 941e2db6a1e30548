import type { Control } from '../../controls/control.ts';
import { nearest } from '../../kernel/nearest.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import type { Risk } from '../../model/risk.ts';
import type { RulePage } from '../../risk/rule-page.ts';
import type { Safeguard } from '../../safeguards/safeguard.ts';
import { worstFirst } from '../order.ts';
import { ALIASES, nameForms, plainName } from './aliases.ts';
import { TOPICS, type Topic } from './topics.ts';

/** Something that can be explained. */
export type Subject =
  | { readonly kind: 'risk'; readonly risk: Risk }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'control'; readonly control: Control }
  | { readonly kind: 'safeguard'; readonly safeguard: Safeguard }
  | { readonly kind: 'rule'; readonly rule: RulePage }
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'family'; readonly family: string; readonly controls: readonly Control[] };

/** Where subjects are looked for; without an assessment only controls and safeguards are known. */
export interface SubjectSources {
  readonly assessment?: Assessment;
  readonly controls: readonly Control[];
  readonly safeguards: readonly Safeguard[];
  readonly rules?: readonly RulePage[];
}

/** Fewer characters of an id than this are not taken as its beginning. */
const SHORTEST_PREFIX = 4;

/**
 * What a word means: any name and spelling of a safeguard, a control's id, the id of a risk or finding (or
 * its beginning, when only one begins so), the name of a risk rule (the worst risk of it, else the rule), a
 * word of the method, or the name of a service that controls look at.
 */
export function findSubject(word: string, sources: SubjectSources): Subject | undefined {
  return (
    safeguardSubject(word, sources.safeguards) ??
    controlSubject(word, sources.controls) ??
    (sources.assessment ? assessedSubject(word, sources.assessment) : undefined) ??
    ruleSubject(word, sources) ??
    topicSubject(word) ??
    familySubject(word, sources.controls) ??
    aliasSubject(word, sources)
  );
}

/** The word that was most likely meant, when nothing is called so. */
export function suggestSubject(word: string, sources: SubjectSources): string | undefined {
  const names = [
    ...sources.safeguards.flatMap((each) => [each.id, each.name.en, each.name.ja, ...each.alsoKnownAs]),
    ...sources.controls.map(({ id }) => id),
    ...(sources.assessment?.risks.map(({ rule }) => rule) ?? []),
    ...(sources.rules ?? []).flatMap(({ id, title }) => [id, title.ja]),
    ...TOPICS.flatMap(({ id, title }) => [id, title.ja]),
  ];
  return nearest(word, [...new Set(names)]);
}

function safeguardSubject(word: string, safeguards: readonly Safeguard[]): Subject | undefined {
  const wanted = new Set(nameForms(word));
  const isCalled = (names: readonly string[]) =>
    names.some((name) => nameForms(name).some((form) => wanted.has(form)));
  const exact = plainName(word);
  const found =
    safeguards.find((each) => namesOf(each).some((name) => plainName(name) === exact)) ??
    safeguards.find((each) => isCalled(namesOf(each)));
  return found && { kind: 'safeguard', safeguard: found };
}

function namesOf({ id, name, alsoKnownAs }: Safeguard): readonly string[] {
  return [id, name.en, name.ja, ...alsoKnownAs];
}

function controlSubject(word: string, controls: readonly Control[]): Subject | undefined {
  const wanted = word.toLowerCase();
  const found = controls.find(({ id, configRule }) => id.toLowerCase() === wanted || configRule === wanted);
  return found && { kind: 'control', control: found };
}

function assessedSubject(word: string, { risks, findings }: Assessment): Subject | undefined {
  const ofRule = worstFirst(risks.filter(({ rule }) => rule === word))[0];
  const risk = ofRule ?? byId(word, risks) ?? byTitle(word, risks) ?? byKey(word, risks);
  if (risk) return { kind: 'risk', risk };
  const finding = byId(word, findings);
  return finding && { kind: 'finding', finding };
}

function byTitle(word: string, risks: readonly Risk[]): Risk | undefined {
  const wanted = plainName(word);
  return worstFirst(
    risks.filter(({ title }) => [title.en, title.ja].some((each) => plainName(each) === wanted)),
  )[0];
}

/** A risk that was entered by hand, by its key in the file. */
function byKey(word: string, risks: readonly Risk[]): Risk | undefined {
  const id = word.startsWith('own:') ? word : `own:${word}`;
  return risks.find(({ rule, evidence }) => rule === 'own' && evidence.some((each) => each.id === id));
}

function byId<T extends { readonly id: string }>(word: string, things: readonly T[]): T | undefined {
  const exact = things.find(({ id }) => id === word);
  if (exact || word.length < SHORTEST_PREFIX) return exact;
  const begin = things.filter(({ id }) => id.startsWith(word));
  return begin.length === 1 ? begin[0] : undefined;
}

function ruleSubject(word: string, { rules = [] }: SubjectSources): Subject | undefined {
  const wanted = plainName(word);
  const found = rules.find(({ id, title }) =>
    [id, title.en, title.ja].some((each) => plainName(each) === wanted),
  );
  return found && { kind: 'rule', rule: found };
}

function topicSubject(word: string): Subject | undefined {
  const wanted = plainName(word);
  const found = TOPICS.find(({ id, title }) =>
    [id, title.en, title.ja].some((each) => plainName(each) === wanted),
  );
  return found && { kind: 'topic', topic: found };
}

/** `S3` or `rds`: the controls whose ids begin so. */
function familySubject(word: string, controls: readonly Control[]): Subject | undefined {
  const wanted = `${plainName(word)}.`;
  const found = controls.filter(({ id }) => id.toLowerCase().startsWith(wanted));
  const [first] = found;
  return first && { kind: 'family', family: first.id.slice(0, first.id.indexOf('.')), controls: found };
}

function aliasSubject(word: string, sources: SubjectSources): Subject | undefined {
  const id = nameForms(word).flatMap((form) => ALIASES.get(form) ?? [])[0];
  if (id === undefined) return undefined;
  return (
    safeguardSubject(id, sources.safeguards) ??
    (sources.assessment ? assessedSubject(id, sources.assessment) : undefined) ??
    ruleSubject(id, sources) ??
    topicSubject(id) ??
    familySubject(id, sources.controls)
  );
}
