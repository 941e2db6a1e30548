import { type EnvironmentReading, type ReadOptions, readEnvironment } from '../../environment/read.ts';
import type { Answers, Candidate, Change } from '../../fix/plan/change.ts';
import { type Choosable, cheapestSet } from '../../fix/plan/cheapest.ts';
import { changesFor, risksNamed, withinBudget } from '../../fix/plan/choose.ts';
import { planFix } from '../../fix/plan/plan.ts';
import { priceOf } from '../../fix/prices/prices.ts';
import { UsageError } from '../../kernel/errors.ts';
import { joinTexts, type Text, text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Band } from '../../model/risk.ts';
import { BAND_WORDS } from '../../report/words.ts';
import { assess } from '../../risk/assess.ts';
import type { Invocation, Terminal } from '../command.ts';
import { chooseOneByOne } from './interactive.ts';
import { budgetFrom, safeguardIds } from './options.ts';

/** Which changes are wanted, and what must be said about the choice. */
export interface Selection {
  readonly wanted: (candidate: Candidate) => boolean;
  readonly notes: readonly Text[];
  readonly before: EnvironmentReading;
  readonly assessment: Assessment;
}

/** Narrows the changes by `--only`, `--at`, `--risk`, `--target-band`, `--budget` and `--interactive`, in this order. */
export async function selection(
  read: ReadOptions,
  answers: Answers,
  invocation: Invocation,
  terminal: Terminal,
): Promise<Selection> {
  const before = await readEnvironment(read);
  const assessment = await assess(before);
  const named = new Set(safeguardIds(invocation, 'only'));
  const at = placeNamed(before, invocation.option('at'));
  const forRisk = riskChanges(assessment, invocation.option('risk'));
  const first = (candidate: Candidate) =>
    (named.size === 0 || named.has(candidate.safeguard.id)) &&
    (!forRisk || forRisk.has(candidate.id)) &&
    (at === undefined || candidate.place.id === at || candidate.place.name === at);
  const band = invocation.option('target-band') as Band | undefined;
  const budget = budgetFrom(invocation);
  if (band === undefined && budget === undefined && !invocation.flag('interactive')) {
    return { wanted: first, notes: [], before, assessment };
  }
  const { changes } = await planFix({ read, answers, wanted: first }, before);
  const here = new Set(before.graph.resources.map(({ id }) => id));
  let open: readonly Change[] = changes.filter(
    (change) => change.outcome === 'edit' && here.has(change.place),
  );
  const notes: Text[] = waiting(changes);
  if (band !== undefined) open = cheapest(assessment, open, band, notes);
  if (budget !== undefined) open = affordable(assessment, open, budget, notes);
  if (invocation.flag('interactive')) open = await chooseOneByOne(open, assessment, invocation, terminal);
  const chosen = new Set(open.map(({ id }) => id));
  return { wanted: ({ id }) => chosen.has(id), notes, before, assessment };
}

/** Changes out of which nothing was chosen, because they wait for an answer; those of cost alone are no such ones. */
function waiting(changes: readonly Change[]): Text[] {
  const reasons = new Map<string, Text[]>();
  for (const { outcome, reason, name } of changes) {
    if (outcome !== 'needs' || !reason?.en.startsWith('say first')) continue;
    reasons.set(reason.en, [...(reasons.get(reason.en) ?? []), name]);
  }
  return [...reasons].map(([said, names]) => {
    const { en, ja } = joinTexts(uniqueTexts(names));
    const asked = said.replace(/^say first: /, '');
    return text(`not among the choice: ${en} (needs ${asked})`, `選択の対象外:${ja}(${asked} の指定が必要)`);
  });
}

function uniqueTexts(texts: readonly Text[]): readonly Text[] {
  return [...new Map(texts.map((each) => [each.en, each])).values()];
}

/** @throws UsageError `unknown-resource` */
function placeNamed({ graph }: EnvironmentReading, word: string | undefined): string | undefined {
  if (word === undefined || graph.resources.some(({ id, name }) => id === word || name === word)) return word;
  throw new UsageError({
    code: 'unknown-resource',
    message: text(`there is no resource "${word}" here`, `「${word}」というリソースはここにありません`),
  });
}

function riskChanges(assessment: Assessment, word: string | undefined): ReadonlySet<string> | undefined {
  if (word === undefined) return undefined;
  const risks = risksNamed(assessment, word);
  if (risks.length === 0) {
    throw new UsageError({
      code: 'unknown-risk',
      message: text(`there is no risk "${word}" here`, `「${word}」というリスクはここにありません`),
      remedy: text('"honmaru assess" lists them', '「honmaru assess」で一覧を表示します'),
    });
  }
  return new Set(risks.flatMap((risk) => [...changesFor(risk)]));
}

/** What can be chosen: a service that is enabled once is one thing, however many places it covers. */
function choosable(changes: readonly Change[]): readonly Choosable[] {
  const seen = new Set<string>();
  return changes.flatMap(({ id, safeguard }) => {
    if (seen.has(safeguard) && isEnabledOnce(safeguard)) return [];
    seen.add(safeguard);
    return [{ id, dollars: priceOf(safeguard)?.monthly.typical ?? 0 }];
  });
}

function isEnabledOnce(safeguard: string): boolean {
  const price = priceOf(safeguard);
  return (price?.per === 'region' || price?.per === 'account') && price.monthly.high > 0;
}

/**
 * The chosen changes, with the other places of services that are enabled once, and with changes of the same
 * safeguard to the same resource: a way that is only closed at one place is given in a narrower form at another.
 */
function withOtherPlaces(changes: readonly Change[], chosen: ReadonlySet<string>): readonly Change[] {
  const taken = changes.filter(({ id }) => chosen.has(id));
  const services = new Set(taken.map(({ safeguard }) => safeguard));
  const touched = new Set(taken.flatMap(placesTouched));
  return changes.filter(
    (change) =>
      chosen.has(change.id) ||
      (isEnabledOnce(change.safeguard) && services.has(change.safeguard)) ||
      placesTouched(change).some((place) => touched.has(place)),
  );
}

/** Resources of Terraform that one block makes are one place: the block is changed for all of them or none. */
function placesTouched({ safeguard, edits }: Change): readonly string[] {
  return edits.flatMap((edit) =>
    'resource' in edit ? [`${safeguard} ${edit.resource.replaceAll(/\[[^\]]*\]/g, '')}`] : [],
  );
}

function cheapest(
  assessment: Assessment,
  changes: readonly Change[],
  band: Band,
  notes: Text[],
): readonly Change[] {
  const { chosen, dollars, exact, unreachable } = cheapestSet(assessment, choosable(changes), band);
  const how = exact
    ? text('the cheapest set there is (exact)', '最も安い組み合わせ(厳密解)')
    : text('found greedily; a cheaper one may exist', '貪欲法による組み合わせ(より安いものがあり得る)');
  notes.push(
    text(
      `${chosen.length} ${chosen.length === 1 ? 'change' : 'changes'}, about ${dollars} USD a month, bring every risk that edits can lower to ${BAND_WORDS[band].en}: ${how.en}`,
      `${chosen.length}件の変更(月額約${dollars}米ドル)で、編集で下げられるリスクをすべて「${BAND_WORDS[band].ja}」以下にします:${how.ja}`,
    ),
  );
  if (unreachable.length > 0) {
    const rules = [...new Set(unreachable.map(({ rule }) => rule))].join(', ');
    notes.push(
      text(`no edit here brings these there: ${rules}`, `次のリスクは編集だけでは下がりません:${rules}`),
    );
  }
  return withOtherPlaces(changes, new Set(chosen));
}

function affordable(
  assessment: Assessment,
  changes: readonly Change[],
  budget: number,
  notes: Text[],
): readonly Change[] {
  const { chosen, dollars, exact } = withinBudget(assessment, choosable(changes), budget);
  notes.push(
    text(
      `about ${dollars} of ${budget} USD a month are spent${exact ? '' : ' (chosen greedily)'}; what you pay already is not counted`,
      `月額${budget}米ドルのうち約${dollars}米ドルを使用${exact ? '' : '(貪欲法)'}。現在の支払いは含みません`,
    ),
  );
  return withOtherPlaces(changes, chosen);
}
