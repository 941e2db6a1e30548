import { spanText } from '../kernel/source-file.ts';
import { stringFrom, type UnknownValue, type Value, visit } from '../model/value.ts';

/** Names of settings that hold secrets. */
const SECRET_NAME =
  /(?:^|[_\-.])(?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|credential)s?$/i;

/** Names that only point to a secret kept elsewhere. */
const POINTER = /(?:arn|name|id|path|url|file)$/i;

/** A setting in clear text: `NAME=value`, `export NAME="value"` at the beginning of a line. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]{0,63})=["']?([^\s"']{4,200})/gm;

/** A private key or an access key id of AWS, wherever it stands. */
const KEY_MATERIAL = /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b/;

/** Whether a setting's name says that it holds a secret. */
export function namesSecret(name: string): boolean {
  const snake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_NAME.test(snake) && !POINTER.test(snake);
}

/** Whether a text holds a secret in clear: an assignment to a name of that kind, or key material. */
export function holdsSecret(text: string): boolean {
  if (KEY_MATERIAL.test(text)) return true;
  for (const [, name = '', value = ''] of text.matchAll(ASSIGNMENT)) {
    if (namesSecret(name) && !value.startsWith('$')) return true;
  }
  return false;
}

/** The first value below one that is a secret in clear text, or a parameter that carries one. */
export function secretIn(value: Value): Value | undefined {
  let found: Value | undefined;
  visit(value, (each, path) => {
    if (found) return;
    const name = settingName(value, each, path);
    const text = stringFrom(each);
    if (
      text !== undefined &&
      (holdsSecret(text) || holdsSecret(decoded(text)) || (namesSecret(name) && text.length >= 4))
    )
      found = each;
    else if (each.kind === 'unknown' && (carriesSecretParameter(each, name) || isWrittenSecret(each)))
      found = each;
  });
  return found;
}

/** User data stands in Base64; what decodes to text is looked at as text. */
function decoded(text: string): string {
  if (text.length > MOST_DECODED || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return '';
  return Buffer.from(text, 'base64').toString('utf8');
}

const MOST_DECODED = 64 * 1024;

/** Of a script that is only partly known, the text as the author wrote it is looked at. */
function isWrittenSecret(value: UnknownValue): boolean {
  return holdsSecret(spanText(value.span).slice(0, MOST_DECODED));
}

/** The key under which a value stands; for `{Name, Value}` pairs of containers the value of `Name`. */
function settingName(root: Value, value: Value, path: readonly (string | number)[]): string {
  const last = path.at(-1);
  if (last !== 'Value') return typeof last === 'string' ? last : '';
  let parent: Value | undefined = root;
  for (const step of path.slice(0, -1)) {
    if (parent?.kind === 'map' && typeof step === 'string') parent = parent.entries.get(step);
    else if (parent?.kind === 'list' && typeof step === 'number') parent = parent.items[step];
    else return '';
  }
  const name = parent?.kind === 'map' ? parent.entries.get('Name') : undefined;
  return value && name ? (stringFrom(name) ?? '') : '';
}

/** A parameter whose name says secret, or any parameter under a name that does; references to secrets are none. */
function carriesSecretParameter(value: UnknownValue, name: string): boolean {
  const holes = (value.parts ?? []).filter((part) => typeof part !== 'string' && part.type === 'parameter');
  if (value.why === 'dynamic-reference') return false;
  return holes.some(
    (hole) => typeof hole !== 'string' && (namesSecret(hole.expression) || namesSecret(name)),
  );
}
