import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Installation } from './options.ts';

/** The console of an environment, as the supervisor hands it over. */
export interface ConsolePart {
  readonly host: string;
  readonly port: number;
  /** Where people open it, when that is not the address itself. */
  readonly origin?: string;
  readonly paths: readonly string[];
  readonly cwd: string;
  /** Where is remembered what lies under keys. */
  readonly rememberedFiles: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly scope?: 'application' | 'account';
  readonly watch: boolean;
  /** Whether a set-up link is told; only where a person reads it. */
  readonly tellsLink: boolean;
  /** A file that only its owner can read, for the set-up link. */
  readonly linkFile?: string;
}

/** What the supervisor hands to the control plane. */
export interface ControlPlaneOptions extends Installation {
  readonly host: string;
  readonly port: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  /** Keys under which the environment keeps its data are neither disabled nor deleted. */
  readonly protectsKeys?: boolean;
  /** CIDR blocks where identity providers may be, whatever these addresses are. */
  readonly issuerNetworks?: readonly string[];
  /** Files in PEM, shown to proxies of external key stores that ask for a certificate. */
  readonly proxyClient?: { readonly certFile: string; readonly keyFile: string };
  readonly console?: ConsolePart;
}

/** Where the console is, and the link that sets up the first administrator. */
export interface ConsoleReady {
  readonly origin: string;
  readonly setUpLink?: string;
  readonly linkFile?: string;
}

/**
 * The environment variable that carries the options: unlike the words of a command line, which may hold a
 * database's password, other users cannot read it.
 */
export const OPTIONS_VARIABLE = 'HONMARU_CONTROL_PLANE';

/** What the control plane tells its supervisor. */
export type ControlPlaneMessage =
  | {
      readonly kind: 'ready';
      readonly url: string;
      readonly account: string;
      readonly setUp: boolean;
      readonly console?: ConsoleReady;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly message: Text; readonly remedy?: Text };

/** The reason why the control plane did not start, in a form that crosses processes. */
export function failedMessage(error: unknown): ControlPlaneMessage {
  if (error instanceof HonmaruError) {
    const { code, text: message, remedy } = error;
    return { kind: 'failed', code, message, ...(remedy && { remedy }) };
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return {
      kind: 'failed',
      code: 'listen-in-use',
      message: text('the address is in use already', 'そのアドレスはすでに使用されています'),
      remedy: text(
        'stop the other program, or choose another --listen and --console',
        '他のプログラムを止めるか、--listen と --console で別のアドレスを指定してください',
      ),
    };
  }
  return { kind: 'failed', code: 'start-failed', message: text(message, message) };
}
