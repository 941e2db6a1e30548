import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { AwsError } from '../../wire/aws-error.ts';
import type { Problem } from '../contract.ts';
import { awsWords } from './aws-words.ts';

/** A request that is refused, with its status. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.message.en);
    this.status = status;
    this.problem = problem;
    this.headers = headers;
  }
}

export function refuse(status: number, code: string, en: string, ja: string, field?: string): Refusal {
  return new Refusal(status, { code, message: text(en, ja), ...(field === undefined ? {} : { field }) });
}

/** Nothing of this id, in a sentence. */
export function notThere(what: Text): Refusal {
  return refuse(404, 'not-found', `${what.en} does not exist`, `${what.ja}はありません`);
}

const STATUSES: Readonly<Record<string, number>> = {
  'risk-unknown': 404,
  'decision-shown': 409,
  'decision-facts-changed': 409,
  'decision-conflict': 409,
  'decision-nothing-proposed': 409,
  'decision-no-owner': 409,
  'decision-not-closed': 409,
  'decision-not-proposer': 403,
  'closing-done': 409,
  'closing-not-approved': 409,
  'closing-not-reduced': 409,
  'closing-not-read': 409,
  'class-same': 409,
  'decision-clock': 409,
  'risk-gone': 409,
  'decision-not-owner': 403,
  'decision-own-proposal': 403,
  'set-up-done': 409,
  'set-up-token': 403,
  'register-busy': 409,
  'report-pdf': 503,
  'report-busy': 503,
  'fix-unreadable': 409,
  'state-gone': 409,
  'sign-failed': 400,
};

/** The refusal that an error is; undefined when it is a defect, of which nothing is told. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof AwsError) {
    return new Refusal(error.status ?? 400, { code: error.code, message: awsWords(error) });
  }
  if (error instanceof HonmaruError) {
    const { code, text: message, remedy, place } = error;
    return new Refusal(STATUSES[code] ?? 400, {
      code,
      message,
      ...(remedy && { remedy }),
      ...(place && { place }),
    });
  }
  return undefined;
}
