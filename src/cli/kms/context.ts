import type { EncryptionContext } from '../../envelope/index.ts';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, OptionDefinition } from '../command.ts';

export const CONTEXT_OPTION = {
  context: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    help: text(
      'a pair of the encryption context, which is not secret (may be repeated)',
      '暗号化コンテキストの組。秘密ではない(複数指定可)',
    ),
  },
} satisfies Record<string, OptionDefinition>;

/** @throws UsageError `kms-context` for a word that is no pair, or a name that comes twice. */
export function contextOf(invocation: Invocation): EncryptionContext {
  const context = new Map<string, string>();
  for (const word of invocation.options('context')) {
    const at = word.indexOf('=');
    const name = word.slice(0, at);
    if (at < 1 || context.has(name)) {
      throw new UsageError({
        code: 'kms-context',
        message: text(
          `--context is NAME=VALUE with each name once, not "${word}"`,
          `--context は 名前=値(名前の重複不可)です:「${word}」`,
        ),
      });
    }
    context.set(name, word.slice(at + 1));
  }
  return context;
}
