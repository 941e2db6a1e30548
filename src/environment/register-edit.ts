import { stringify } from 'yaml';
import { child, type DocumentNode, entryOf, type MapNode } from '../kernel/document.ts';
import { InputError } from '../kernel/errors.ts';
import { placeAt, type SourceFile } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import { REGISTER_SCHEMA } from './register.ts';

export type RegisterSection = 'assets' | 'risks';

/** A field's value as it is written into the file. */
export type FieldValue = string | number | readonly FieldValue[] | { readonly [key: string]: FieldValue };

export interface NewEntry {
  readonly section: RegisterSection;
  readonly key: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/**
 * The text of `honmaru.assets.yaml` with one more entry at the end of a section. Every byte that was there
 * stays: comments, order and style are the author's.
 *
 * @param root of the parsed file; undefined for a file that is not there yet.
 * @throws InputError `register-form` where the section is written on one line in braces, or is no map;
 *   `register-key` where the key is taken.
 */
export function withEntry(file: SourceFile, root: DocumentNode | undefined, entry: NewEntry): string {
  const lines = entryLines(entry);
  if (!root || isEmpty(root)) {
    const schema = `schema: ${REGISTER_SCHEMA}\n`;
    const before = saysNothing(file.text) ? `${ended(file.text)}${schema}` : ended(file.text);
    return `${before}${entry.section}:\n${indented(lines, '  ')}`;
  }
  const section = entryOf(root, entry.section);
  if (!section) return `${ended(file.text)}\n${entry.section}:\n${indented(lines, '  ')}`;
  const { value } = section;
  if (isEmpty(value) && !isFlow(file, value)) {
    return inserted(file.text, section.keyEnd, indented(lines, '  '));
  }
  if (value.kind !== 'map' || isFlow(file, value)) throw wrongForm(file, value, entry.section);
  if (child(value, entry.key)) throw taken(file, value, entry);
  return inserted(file.text, lastOf(value), indented(lines, indentOf(file, value)));
}

/** Whether a file holds nothing but empty lines and comments. */
export function saysNothing(content: string): boolean {
  return content.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}

function entryLines({ key, fields }: NewEntry): readonly string[] {
  return stringify({ [key]: fields }, { lineWidth: 0, indent: 2, compat: 'yaml-1.1' })
    .trimEnd()
    .split('\n');
}

function indented(lines: readonly string[], indent: string): string {
  return lines.map((line) => `${line === '' ? '' : indent}${line}\n`).join('');
}

function ended(content: string): string {
  return content === '' || content.endsWith('\n') ? content : `${content}\n`;
}

/** The text with something on lines of their own after the line on which an offset lies. */
function inserted(content: string, offset: number, addition: string): string {
  const from = Math.max(0, content[offset - 1] === '\n' ? offset - 1 : offset);
  const end = content.indexOf('\n', from);
  if (end < 0) return `${content}\n${addition}`;
  return `${content.slice(0, end + 1)}${addition}${content.slice(end + 1)}`;
}

function isEmpty(node: DocumentNode): boolean {
  return node.kind === 'scalar' ? node.value === null : node.kind === 'map' && node.entries.length === 0;
}

function isFlow(file: SourceFile, node: DocumentNode): boolean {
  return file.text[node.start] === '{';
}

/** The end of the last thing that is written in a node. */
function lastOf(node: DocumentNode): number {
  if (node.kind === 'map') {
    const last = node.entries.at(-1);
    return last ? Math.max(last.keyEnd, lastOf(last.value)) : node.end;
  }
  if (node.kind === 'list') {
    const last = node.items.at(-1);
    return last ? lastOf(last) : node.end;
  }
  return node.end;
}

function indentOf(file: SourceFile, section: MapNode): string {
  const at = section.entries[0]?.keyStart ?? section.start;
  return ' '.repeat(placeAt(file, at).column - 1);
}

function wrongForm(file: SourceFile, node: DocumentNode, section: string): InputError {
  return new InputError({
    code: 'register-form',
    message: text(
      `${section} is not written as a map over several lines, so nothing can be added to it`,
      `${section} が複数行のマップとして書かれていないため、追加できません`,
    ),
    remedy: text('write each key on a line of its own', 'キーを1行ずつ書いてください'),
    place: placeAt(file, node.start),
  });
}

function taken(file: SourceFile, section: MapNode, { key, section: name }: NewEntry): InputError {
  const at = entryOf(section, key)?.keyStart ?? section.start;
  return new InputError({
    code: 'register-key',
    message: text(`${name} has "${key}" already`, `${name} にはすでに「${key}」があります`),
    remedy: text('give another one with --key', '--key で別のキーを指定してください'),
    place: placeAt(file, at),
  });
}
