import { resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { isNetwork } from '../../services/sts/issuer-address.ts';
import type { Invocation, OptionDefinition, Terminal } from '../command.ts';
import type { ControlPlaneOptions } from './messages.ts';

/** Where this installation connects to, and as whom. */
export const OUTBOUND_OPTIONS = {
  'issuer-network': {
    type: 'string',
    multiple: true,
    value: 'CIDR',
    help: text(
      'an OpenID Connect provider may be there, even link-local or pointed to from outside (repeatable)',
      'OpenID Connectプロバイダーがあってよいネットワーク。リンクローカルや外部から参照される内部アドレスも許可する(複数可)',
    ),
  },
  'xks-client-cert': {
    type: 'string',
    value: 'FILE',
    help: text(
      'certificate (PEM) shown to proxies of external key stores that ask for one',
      '外部キーストアのプロキシに要求されたときに提示する証明書(PEM)',
    ),
  },
  'xks-client-key': {
    type: 'string',
    value: 'FILE',
    help: text('its private key in PEM', 'その秘密鍵(PEM)'),
  },
} satisfies Record<string, OptionDefinition>;

/** @throws UsageError `option-value` for what is no CIDR block. */
export function issuerNetworksOf(words: readonly string[]): readonly string[] {
  for (const word of words) {
    if (isNetwork(word)) continue;
    throw new UsageError({
      code: 'option-value',
      message: text(
        `"${word}" is no network; write 10.1.0.0/16`,
        `「${word}」はネットワークではありません。10.1.0.0/16 のように指定してください`,
      ),
    });
  }
  return words;
}

/** @throws UsageError `option-value` for one without the other. */
export function proxyClientOf(
  invocation: Invocation,
  { cwd }: Pick<Terminal, 'cwd'>,
): ControlPlaneOptions['proxyClient'] {
  const cert = invocation.option('xks-client-cert');
  const key = invocation.option('xks-client-key');
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) {
    return { certFile: resolve(cwd, cert), keyFile: resolve(cwd, key) };
  }
  throw new UsageError({
    code: 'option-value',
    message: text(
      '--xks-client-cert and --xks-client-key go together',
      '--xks-client-cert と --xks-client-key は両方指定してください',
    ),
  });
}
