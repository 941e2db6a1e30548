import type { Answers } from '../../fix/plan/change.ts';
import type { EnvironmentSource } from '../environment/read-base.ts';

/** What the worker that plans fixes is asked. */
export interface FixQuestion {
  readonly source: EnvironmentSource;
  /** ISO 8601. */
  readonly asOf: string;
  readonly safeguard: string;
  readonly place: string;
  readonly answers: Answers;
}
