import { absent, get, stringFrom, unknown, type Value } from '../model/value.ts';

/**
 * The value that stands under a name in a list of `{Key, Value}` pairs, as load balancer attributes and
 * parameters are written. A list that is undecided as a whole gives an undecided value.
 */
export function entryNamed(list: Value, name: string, keyName = 'Key', valueName = 'Value'): Value {
  if (list.kind === 'unknown') return list;
  if (list.kind === 'oneOf') {
    const options = list.options.map((option) => entryNamed(option, name, keyName, valueName));
    return { kind: 'oneOf', condition: list.condition, options, span: list.span };
  }
  if (list.kind !== 'list') return absent(list.span);
  const found = list.items.find((item) => stringFrom(get(item, keyName)) === name);
  if (found) return get(found, valueName);
  const open = list.items.find((item) => isOpen(get(item, keyName), name));
  return open ? unknown(name, 'condition', open.span) : absent(list.span);
}

/** Whether a key may turn out to be the name that is looked for. */
function isOpen(key: Value, name: string): boolean {
  if (key.kind === 'unknown') return true;
  return key.kind === 'oneOf' && key.options.some((option) => stringFrom(option) === name);
}
