import type { Context } from 'hono';
import type { ConsoleHost } from '../host.ts';
import { csrfOf, sameText } from '../sign-in/session-records.ts';
import { refuse } from './problem.ts';

/** Names of this machine under which a page is sent on to the console's own name. */
const OWN_NAMES = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Only the console's own host name is answered, so that a name of somebody else's that resolves to this machine
 * (DNS rebinding) reaches nothing.
 *
 * @returns where a page is sent on to, when it was asked for by another name of this machine.
 * @throws Refusal 421.
 */
export function checkHost(context: Context, { origin }: ConsoleHost): string | undefined {
  const host = context.req.header('host') ?? '';
  if (host === origin.host) return undefined;
  const [, name = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  const page = context.req.method === 'GET' && !context.req.path.startsWith('/api/');
  if (page && port === origin.port && OWN_NAMES.has(name)) return `${origin.origin}${context.req.path}`;
  throw refuse(
    421,
    'host-unknown',
    `the console is at ${origin.origin}`,
    `コンソールのアドレスは ${origin.origin} です`,
  );
}

/**
 * What changes something comes from a page of the console itself: by the origin, by what the browser says of the
 * site, and by a token that only such a page could read.
 *
 * @throws Refusal 403.
 */
export function checkSameSite(context: Context, host: ConsoleHost, cookie: string | undefined): void {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign();
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return;
  if (context.req.header('origin') !== host.origin.origin) throw foreign();
  const token = context.req.header('x-honmaru-csrf') ?? '';
  if (!sameText(token, csrfOf(host.secret, cookie))) {
    throw refuse(
      403,
      'csrf',
      'the page is out of date: load it again',
      'ページの情報が古くなっています。再読み込みしてください',
    );
  }
}

function foreign() {
  return refuse(
    403,
    'origin-foreign',
    'only pages of the console itself may ask this',
    'コンソール以外のページからの要求は受け付けません',
  );
}
