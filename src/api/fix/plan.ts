import { fixReport, type ReportedChange } from '../../cli/fix/report.ts';
import { readEnvironment } from '../../environment/read.ts';
import { planFix } from '../../fix/plan/plan.ts';
import { priceList, priceOf } from '../../fix/prices/prices.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { PlacedSafeguard } from '../../model/risk.ts';
import { guardName } from '../../report/guard-name.ts';
import { type Namer, namerOf } from '../../report/names.ts';
import { assess } from '../../risk/assess.ts';
import type { Fix, FixChange } from '../contract.ts';
import type { FixQuestion } from './question.ts';

/**
 * Plans what `honmaru fix --only SAFEGUARD --at PLACE` would write, from the files as they lie on the disk.
 *
 * @throws HonmaruError `fix-unreadable` where a file cannot be read now.
 */
export async function fixAt(question: FixQuestion): Promise<Omit<Fix, 'revision'>> {
  const { source, asOf, answers, safeguard, place } = question;
  const read = { ...source, asOf };
  const before = await readEnvironment(read);
  const [unread] = before.notAnalysed.filter(({ kind }) => kind === 'input');
  if (unread) {
    throw new HonmaruError({
      code: 'fix-unreadable',
      message: text(
        `${unread.what} cannot be read now: ${unread.reason.en}`,
        `${unread.what} を読み取れません:${unread.reason.ja}`,
      ),
    });
  }
  const wanted = `${safeguard}@${place}`;
  const plan = await planFix({ read, answers, wanted: ({ id }) => id === wanted }, before);
  const [assessment, after] = [await assess(before), await assess(plan.after)];
  const report = fixReport(plan, assessment, after, []);
  const name = namerOf({ resources: [...assessment.environment.resources, ...report.added] });
  const { region, date, currency } = priceList();
  return {
    changes: report.changes.map((change) => shownChange(change, assessment, name)),
    files: report.files,
    diff: report.files.flatMap(diffLines).join(''),
    dollars: report.dollars,
    prices: { region, date, currency },
    bands: report.bands,
    newFailing: [...report.newFailing, ...report.failingOnAdded].map(({ control, resource, because }) => ({
      control,
      resource,
      because,
    })),
    remaining: report.remaining,
    command: commandFor(question),
  };
}

function diffLines({ path, isNew, hunks }: Fix['files'][number]): readonly string[] {
  return hunks.flatMap(({ header, lines }) =>
    [isNew ? '--- /dev/null' : `--- a/${path}`, `+++ b/${path}`, header, ...lines].map((line) => `${line}\n`),
  );
}

function shownChange(change: ReportedChange, assessment: Assessment, name: Namer): FixChange {
  const { impact, edits: _edits, runbook = [], reason, where } = change;
  const price = priceOf(change.safeguard);
  const titles = new Map(assessment.risks.map(({ id, title }) => [id, title]));
  const named = (each: PlacedSafeguard) => ({
    ...each,
    name: guardName(
      { safeguard: each.id, ...(each.facet === undefined ? {} : { facet: each.facet }) },
      assessment.safeguards,
    ),
    placeName: name(each.place).en,
  });
  const all = [...impact.alone.map((each) => ({ ...each, with: [] })), ...impact.together];
  return {
    id: change.id,
    safeguard: change.safeguard,
    name: change.name,
    place: change.place,
    placeName: change.placeName,
    state: change.state,
    outcome: change.outcome,
    summary: change.summary,
    first: change.first,
    commands: change.commands,
    deploy: change.deploy,
    runbook,
    ...(reason && { reason }),
    ...(where && { where }),
    impact: all.map(({ risk, rule, from, to, with: others }) => ({
      risk,
      title: titles.get(risk) ?? { en: rule, ja: rule },
      from,
      to,
      with: others.map(named),
    })),
    dollars: change.dollars,
    ...(price && { price: { ...price.monthly, assumption: price.assumption, verified: price.verified } }),
    undo: change.undo,
  };
}

/** Safe to paste into a shell, whatever stands in names and answers. */
function commandFor({ source, safeguard, place, answers }: FixQuestion): string {
  const { domain, hostedZone, email, values, acceptedCosts } = answers;
  const option = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`--${name}`, value];
  const words = [
    ...source.paths,
    ...option('only', safeguard),
    ...option('at', place),
    ...[...source.parameters].flatMap(([name, value]) => option('parameter', `${name}=${value}`)),
    ...option('scope', source.scope),
    ...option('domain', domain),
    ...option('hosted-zone', hostedZone),
    ...option('email', email),
    ...[...values].flatMap(([name, value]) => option('set', `${name}=${value}`)),
    ...[...acceptedCosts].flatMap((each) => option('accept-cost', each)),
    '--write',
  ];
  return ['honmaru', 'fix', ...words.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
