import { isIP } from 'node:net';
import { HonmaruError, UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

/** Where the AWS endpoint listens. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

export const DEFAULT_LISTEN = '127.0.0.1:7401';

/** Reads `HOST:PORT`; an IPv6 host stands in brackets. @throws UsageError `option-value` */
export function listenOf(words: string): Listen {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(words) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || !(port <= 65_535)) {
    throw new UsageError({
      code: 'option-value',
      message: text(`"${words}" is no HOST:PORT`, `「${words}」は HOST:PORT の形式ではありません`),
    });
  }
  return { host, port };
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  if (isIP(host) === 6) return host === '::1';
  return host === 'localhost' || host.endsWith('.localhost');
}

/**
 * An address that others can reach needs TLS and an administrator who was set up.
 *
 * @throws HonmaruError `listen-without-tls`, `listen-before-setup`.
 */
export function checkPublic({ host }: Listen, hasTls: boolean, setUp: boolean): void {
  if (isLoopback(host)) return;
  if (!hasTls) {
    throw new HonmaruError({
      code: 'listen-without-tls',
      message: text(
        `others can reach ${host}, and without TLS they can read and replay what is sent`,
        `${host} には他の機器から到達できます。TLSなしでは通信を読み取られ、再送されるおそれがあります`,
      ),
      remedy: text(
        'give --tls-cert and --tls-key, or listen on 127.0.0.1',
        '--tls-cert と --tls-key を指定するか、127.0.0.1 で待ち受けてください',
      ),
    });
  }
  if (!setUp) {
    throw new HonmaruError({
      code: 'listen-before-setup',
      message: text(
        `nobody is set up yet, and others can reach ${host}`,
        `管理者がまだ設定されていないため、他の機器から到達できる ${host} では待ち受けません`,
      ),
      remedy: text('run honmaru setup first', '先に honmaru setup を実行してください'),
    });
  }
}
