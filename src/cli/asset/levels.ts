import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, OptionDefinition } from '../command.ts';

/** An option that takes a class or level of the method. */
export function levelOption(en: string, ja: string): OptionDefinition {
  return { type: 'string', choices: ['1', '2', '3'], value: '1|2|3', help: text(en, ja) };
}

/** The value of such an option as a number, or nothing. */
export function levelOf(invocation: Invocation, name: string): number | undefined {
  const word = invocation.option(name);
  return word === undefined ? undefined : Number(word);
}

/**
 * A word that must be there.
 *
 * @throws UsageError `option-missing`.
 */
export function needed(invocation: Invocation, name: string, example: string): string {
  const value = invocation.option(name)?.trim();
  if (value) return value;
  throw new UsageError({
    code: 'option-missing',
    message: text(`--${name} is needed`, `--${name} が必要です`),
    remedy: text(`for example: --${name} ${example}`, `例:--${name} ${example}`),
  });
}

/** Only the fields that were given. */
export function given<T>(fields: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
