import { KEY_FORM } from '../../environment/register.ts';
import { UsageError } from '../../kernel/errors.ts';
import { stableId } from '../../kernel/ids.ts';
import { text } from '../../kernel/texts.ts';

/**
 * The key of a new entry: the given one, else made of the name; a name without Latin letters gives a short
 * hash of it.
 *
 * @throws UsageError `key-form`.
 */
export function keyFor(given: string | undefined, name: string, kind: string): string {
  if (given !== undefined) {
    if (KEY_FORM.test(given)) return given;
    throw new UsageError({
      code: 'key-form',
      message: text(
        `"${given}" cannot be a key: small letters, digits and hyphens, at most 63`,
        `「${given}」はキーにできません。英小文字・数字・ハイフンで63文字までです`,
      ),
    });
  }
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return plain.length >= 3 ? plain : `${kind}-${stableId(name).slice(0, 6)}`;
}
