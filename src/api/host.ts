import type { Platform } from '../platform/platform.ts';
import type { Workspace } from './environment/workspace.ts';
import type { FixPlanner } from './fix/planner.ts';
import type { SealWatch } from './seal-watch.ts';
import type { Limiter } from './sign-in/limiter.ts';

/** What every answer of the console is made with. */
export interface ConsoleHost {
  readonly platform: Platform;
  /** The account of the installation. */
  readonly account: string;
  /** Where people open it, such as `http://honmaru.localhost:7400`. */
  readonly origin: URL;
  readonly workspace: Workspace;
  /** Derives the tokens against forged requests. */
  readonly secret: Uint8Array;
  readonly limiter: Limiter;
  readonly fixes: FixPlanner;
  readonly seal: SealWatch;
}

/** The host name that passkeys are bound to. */
export function rpIdOf({ origin }: ConsoleHost): string {
  return origin.hostname;
}
