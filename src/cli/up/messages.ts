import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Installation } from './options.ts';

/** What the supervisor hands to the control plane. */
export interface ControlPlaneOptions extends Installation {
  readonly host: string;
  readonly port: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/**
 * The environment variable that carries the options: unlike the words of a command line, which may hold a
 * database's password, other users cannot read it.
 */
export const OPTIONS_VARIABLE = 'HONMARU_CONTROL_PLANE';

/** What the control plane tells its supervisor. */
export type ControlPlaneMessage =
  | { readonly kind: 'ready'; readonly url: string; readonly account: string; readonly setUp: boolean }
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
        'stop the other program, or choose another --listen',
        '他のプログラムを止めるか、--listen で別のアドレスを指定してください',
      ),
    };
  }
  return { kind: 'failed', code: 'start-failed', message: text(message, message) };
}
