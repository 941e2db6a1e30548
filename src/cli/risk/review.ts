import { environmentOf } from '../../decisions/apply.ts';
import { historyName } from '../../decisions/entry.ts';
import { keepEntry } from '../../decisions/home.ts';
import { reviewed } from '../../decisions/review.ts';
import { text } from '../../kernel/texts.ts';
import type { DecisionEntry } from '../../model/decision.ts';
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
  const moved = kept.assessment.environment.moved ?? [];
  const risks = new Map(kept.assessment.risks.map((risk) => [risk.id, risk]));
  const recorded = await withStore(invocation, terminal, async (store) => {
    const added: DecisionEntry[] = [];
    const histories = await historiesWithFile(store, kept, invocation, terminal);
    for (const [name, history] of histories) {
      const [first] = history;
      if (!first || historyName({ environment, risk: first.risk }) !== name) continue;
      const risk = risks.get(first.risk);
      for (const entry of reviewed(history, { environment, risk, moved, by, now: terminal.now() })) {
        await keepEntry(store, entry);
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
