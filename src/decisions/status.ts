import { type Text, text } from '../kernel/texts.ts';
import type {
  ClosedEntry,
  DecidedEntry,
  DecisionEntry,
  DecisionState,
  LapsedEntry,
  RiskDecision,
} from '../model/decision.ts';
import type { Response, Risk } from '../model/risk.ts';
import { closingReasonText } from './closing-reason.ts';
import { lapseReasons, lapseText } from './lapse.ts';
import { openProposal } from './life.ts';

const IN_FORCE: Readonly<Record<Response, DecisionState>> = {
  accept: 'accepted',
  reduce: 'reducing',
  transfer: 'transferred',
  avoid: 'avoided',
};

/** Where a risk stands by its history alone; whether the entry that says so counts is judged apart. */
export interface Standing {
  readonly status: Status;
  /** The entry by which somebody decided or closed, when it is in force. */
  readonly inForce?: Sealed<DecidedEntry | ClosedEntry>;
}

type Status = Omit<RiskDecision, 'counts' | 'risk'>;
type Sealed<Entry> = Entry & { readonly hash: string };

/**
 * Where a risk stands: the last approved treatment holds until its last day has passed, it was recorded as
 * lapsed or, for an acceptance, the facts that were shown have changed. Only a new decision revives it, and
 * a rejected proposal leaves what was.
 *
 * @param risk as it is now; undefined where the environment has it no more.
 */
export function standingOf(history: readonly DecisionEntry[], risk: Risk | undefined, now: Date): Standing {
  const turn = history.findLast(isTurn);
  const standing = turn ? afterTurn(turn, history, risk, now) : { status: beforeTurn(history) };
  if (standing.inForce) return standing;
  const open = openProposal(history);
  if (!open) return standing;
  const { why } = standing.status;
  return {
    status: {
      status: 'proposed',
      ...open.treatment,
      proposedBy: open.by,
      proposedAt: open.at,
      entry: open.hash,
      ...(why ? { why } : {}),
    },
  };
}

type Turn = Sealed<Extract<DecisionEntry, { kind: 'decided' | 'lapsed' | 'closed' | 'reopened' }>>;

/** What ends the state before it. */
function isTurn(entry: DecisionEntry): entry is Turn {
  if (entry.kind === 'decided') return entry.approved;
  return entry.kind === 'lapsed' || entry.kind === 'closed' || entry.kind === 'reopened';
}

/** Nothing was approved yet: the last proposal was rejected, or there is none. */
function beforeTurn(history: readonly DecisionEntry[]): Status {
  const rejection = history.findLast((entry) => entry.kind === 'decided');
  return rejection ? { status: 'rejected', ...told(rejection, history) } : { status: 'undecided' };
}

function afterTurn(
  turn: Turn,
  history: readonly DecisionEntry[],
  risk: Risk | undefined,
  now: Date,
): Standing {
  switch (turn.kind) {
    case 'decided':
      return afterDecision(turn, history, risk, now);
    case 'closed':
      return afterClosing(turn, risk);
    case 'lapsed':
      return { status: afterLapse(turn, history) };
    case 'reopened':
      return {
        status: {
          status: 'undecided',
          why: text(`reopened: ${turn.reason}`, `再開:${turn.reason}`),
          entry: turn.hash,
        },
      };
  }
}

function afterDecision(
  decision: Sealed<DecidedEntry>,
  history: readonly DecisionEntry[],
  risk: Risk | undefined,
  now: Date,
): Standing {
  const { treatment } = decision;
  const reasons = lapseReasons(decision, risk, now);
  if (reasons.length > 0) {
    return {
      status: { status: 'lapsed', why: lapseText(reasons, treatment.until), ...told(decision, history) },
    };
  }
  return { status: { status: IN_FORCE[treatment.response], ...told(decision, history) }, inForce: decision };
}

function afterClosing(closing: Sealed<ClosedEntry>, risk: Risk | undefined): Standing {
  const { reason, evidence, value, by, at, hash } = closing;
  const said = { reason, evidence, decidedBy: by, decidedAt: at, entry: hash };
  if (risk && risk.current.high > value) {
    return { status: { status: 'lapsed', why: returned(value, risk.current.high), ...said } };
  }
  return { status: { status: 'closed', why: closingReasonText(reason), ...said }, inForce: closing };
}

function returned(before: number, now: number): Text {
  return before === 0
    ? text('it was closed as gone and is back', 'なくなったとして完了しましたが、再び見つかりました')
    : text(
        `it was closed at ${before} and stands at ${now} again`,
        `値${before}で完了しましたが、現在は${now}です`,
      );
}

function afterLapse(lapse: Sealed<LapsedEntry>, history: readonly DecisionEntry[]): Status {
  const decision = history.findLast((entry) => entry.kind === 'decided' && entry.approved);
  const known = decision?.kind === 'decided' ? decision : undefined;
  const why = lapseText(lapse.why, known?.treatment.until);
  return { status: 'lapsed', why, ...(known ? told(known, history) : {}), entry: lapse.hash };
}

/** What a decision says: the treatment, by whom it was proposed and decided, and when. */
function told(decision: Sealed<DecidedEntry>, history: readonly DecisionEntry[]): Omit<Status, 'status'> {
  const { treatment, proposedBy, by, at, selfApproved, hash, sequence } = decision;
  const proposal = history.findLast((entry) => entry.kind === 'proposed' && entry.sequence < sequence);
  return {
    ...treatment,
    proposedBy,
    ...(proposal ? { proposedAt: proposal.at } : {}),
    decidedBy: by,
    decidedAt: at,
    ...(selfApproved ? { selfApproved } : {}),
    entry: hash,
  };
}
