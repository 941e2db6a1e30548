import { environmentOf } from '../../decisions/apply.ts';
import { historyName, riskShown, seal } from '../../decisions/entry.ts';
import { keepEntry } from '../../decisions/home.ts';
import { lapseReasons } from '../../decisions/lapse.ts';
import { type Act, lapsed, renamed, reopen } from '../../decisions/life.ts';
import { standingOf } from '../../decisions/status.ts';
import { text } from '../../kernel/texts.ts';
import type { DecisionEntry, UnsealedEntry } from '../../model/decision.ts';
import { isNameOrBelow, type Moved } from '../../model/moved.ts';
import type { Risk } from '../../model/risk.ts';
import type { Invocation, Terminal } from '../command.ts';
import { actorFrom, keptAssessment, withStore } from './home.ts';
import { historiesWithFile } from './record.ts';
import { entryText, plain } from './words.ts';

/**
 * Records what the last assessment shows of earlier decisions: acceptances that lapsed, closed risks that
 * are back, resources with another name. What lapsed stays so, also when the facts return.
 */
export async function reviewRisks(invocation: Invocation, terminal: Terminal): Promise<number> {
  const kept = await keptAssessment(invocation, terminal);
  const by = await actorFrom(invocation, terminal);
  const environment = environmentOf(kept.assessment);
  const risks = new Map(kept.assessment.risks.map((risk) => [risk.id, risk]));
  const recorded = await withStore(invocation, terminal, async (store) => {
    const added: DecisionEntry[] = [];
    const histories = await historiesWithFile(store, kept, invocation, terminal);
    for (const [name, known] of histories) {
      const [first] = known;
      if (!first || historyName({ environment, risk: first.risk }) !== name) continue;
      const history = [...known];
      const risk = risks.get(first.risk);
      const declared = kept.assessment.environment.moved ?? [];
      for (const make of findings(history, { risk, declared, now: terminal.now() })) {
        const shown = risk ?? riskShown(history.at(-1) ?? first);
        if (!shown) continue;
        const entry = seal(make({ environment, risk: shown, history, by, now: terminal.now() }));
        await keepEntry(store, entry);
        history.push(entry);
        added.push(entry);
      }
    }
    return added;
  });
  const { language } = invocation;
  for (const entry of recorded) terminal.out(`${entry.risk} ${plain(entryText(entry)[language])}\n`);
  const none = text('nothing changed about what was decided', '決定に関わる変化はありません');
  if (recorded.length === 0) terminal.out(`${none[language]}\n`);
  return 0;
}

type Finding = (act: Act) => UnsealedEntry;

interface Present {
  /** Undefined where the environment has it no more. */
  readonly risk: Risk | undefined;
  readonly declared: readonly Moved[];
  readonly now: Date;
}

/** What is to be recorded about one history, in order. */
function findings(history: readonly DecisionEntry[], { risk, declared, now }: Present): readonly Finding[] {
  const names = declared
    .filter((move) => risk?.moved?.some(({ to }) => isNameOrBelow(to, move.to)))
    .filter(({ from, to }) => !isRecorded(history, from, to));
  return [
    ...names.map(
      ({ from, to }): Finding =>
        (act) =>
          renamed(act, from, to),
    ),
    ...ended(history, risk, now),
  ];
}

/** That an approval lapsed, or a closed risk is back, where no entry says so yet. */
function ended(history: readonly DecisionEntry[], risk: Risk | undefined, now: Date): readonly Finding[] {
  const last = history.findLast(({ kind }) => ['decided', 'closed', 'lapsed', 'reopened'].includes(kind));
  const { status, inForce } = standingOf(history, risk, now);
  if (inForce || !last) return [];
  if (last.kind === 'closed') return [(act) => reopen(act, status.why?.en ?? 'it is back')];
  const approval = history.findLast((entry) => entry.kind === 'decided' && entry.approved);
  const isOver = history.some(
    ({ kind, sequence }) => (kind === 'lapsed' || kind === 'closed') && sequence > (approval?.sequence ?? 0),
  );
  if (approval?.kind !== 'decided' || isOver) return [];
  const why = lapseReasons(approval, risk, now).filter((reason) => reason !== 'clock');
  return why.length === 0 ? [] : [(act) => lapsed(act, why)];
}

function isRecorded(history: readonly DecisionEntry[], from: string, to: string): boolean {
  return history.some((entry) => entry.kind === 'renamed' && entry.from === from && entry.to === to);
}
