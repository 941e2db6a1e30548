import { keepEntry, keptHistory } from '../../decisions/home.ts';
import { type Act, decide, propose } from '../../decisions/life.ts';
import { UsageError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { DecisionEntry, Treatment } from '../../model/decision.ts';
import type { Response } from '../../model/risk.ts';
import type { Invocation, Terminal } from '../command.ts';
import { lastAssessment, riskNamed, withStore } from './home.ts';

/** Proposes a treatment. */
export async function treatRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const treatment = treatmentFrom(invocation);
  return record(invocation, terminal, (act) => propose(act, treatment), text('proposed', '提案しました'));
}

/** Decides about the open proposal. */
export async function decideRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const approved = !invocation.flag('reject');
  const done = text('decided, not signed', '決定しました(確認済み・署名なし)');
  const decision = (act: Act, { owner, team }: Environment) =>
    decide(act, { approved, owner, alone: team === 'one' });
  return record(invocation, terminal, decision, done);
}

type Environment = Assessment['environment'];

async function record(
  invocation: Invocation,
  terminal: Terminal,
  entryOf: (act: Act, environment: Environment) => DecisionEntry,
  done: Text,
): Promise<number> {
  const by = needed(invocation, 'by');
  const assessment = await lastAssessment(invocation, terminal);
  const risk = riskNamed(assessment, invocation.operands[1]);
  const entry = await withStore(invocation, terminal, async (store) => {
    const history = await keptHistory(store, risk.id);
    const made = entryOf({ risk, history, by, now: terminal.now() }, assessment.environment);
    await keepEntry(store, made);
    return made;
  });
  terminal.out(`${entry.risk} #${entry.sequence}: ${done[invocation.language]}\n`);
  return 0;
}

function treatmentFrom(invocation: Invocation): Treatment {
  const treatment: { -readonly [K in keyof Treatment]: Treatment[K] } = {
    response: needed(invocation, 'response') as Response,
    reason: needed(invocation, 'reason'),
  };
  for (const name of ['until', 'counterparty', 'contract', 'coverage'] as const) {
    const value = invocation.option(name);
    if (value !== undefined) treatment[name] = value;
  }
  return treatment;
}

function needed(invocation: Invocation, name: string): string {
  const value = invocation.option(name)?.trim();
  if (value) return value;
  throw new UsageError({
    code: 'option-missing',
    message: text(`--${name} is needed`, `--${name} が必要です`),
  });
}
