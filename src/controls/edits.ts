import type { EditValue } from '../model/remedy.ts';
import { stringFrom, type Value } from '../model/value.ts';

/** What a value would be in an edit, or undefined where part of it is undecided. */
export function editable(value: Value): EditValue | undefined {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'list': {
      const items = value.items.map(editable);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'map': {
      const entries = [...value.entries].map(([key, entry]) => [key, editable(entry)] as const);
      return entries.every((entry): entry is readonly [string, EditValue] => entry[1] !== undefined)
        ? Object.fromEntries(entries)
        : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * A list with the wanted items added: items of the same name (`Key`, `Name` or `Type`) are replaced, equal
 * ones are not doubled, others stay. Undefined where the list that is there cannot be written out again.
 */
export function withItems(current: Value, wanted: readonly EditValue[]): readonly EditValue[] | undefined {
  if (current.kind === 'absent') return wanted;
  if (current.kind !== 'list') return undefined;
  const names = new Set(wanted.map(nameOfEdit));
  const kept: EditValue[] = [];
  for (const item of current.items) {
    if (names.has(nameOfItem(item))) continue;
    const edit = editable(item);
    if (edit === undefined) return undefined;
    kept.push(edit);
  }
  return [...kept, ...wanted];
}

const NAMES = ['Key', 'Name', 'Type'];

function nameOfEdit(edit: EditValue): string {
  if (typeof edit !== 'object' || edit === null || Array.isArray(edit)) return String(edit);
  const entry = Object.entries(edit).find(([key]) => NAMES.includes(key));
  return entry ? `${entry[0]}=${entry[1]}` : JSON.stringify(edit);
}

function nameOfItem(item: Value): string {
  if (item.kind !== 'map') return stringFrom(item) ?? '';
  for (const [key, value] of item.entries) if (NAMES.includes(key)) return `${key}=${stringFrom(value)}`;
  return JSON.stringify(editable(item));
}
