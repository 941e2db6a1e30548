import {
  isStructure,
  type Member,
  type Shape,
  type SimpleShape,
  type StructureShape,
} from '../schema/shape.ts';
import { isSparse } from './json-read.ts';
import { isPlain, jsonText } from './json-text.ts';
import { bytesOf } from './simple-text.ts';
import { formatOf, writeTimestamp } from './timestamp.ts';

export type Writer = (value: unknown) => string;

/** Makes writers of JSON text for shapes; each shape is compiled once. */
export interface JsonWriters {
  writerOf(shape: Shape): Writer;
  /** A writer of some members only, as the body of a response with HTTP bindings. */
  membersWriter(members: readonly Member[]): Writer;
}

export function jsonWriters(options: { readonly jsonName: boolean }): JsonWriters {
  const compiled = new Map<Shape, Writer>();
  function writerOf(shape: Shape): Writer {
    const before = compiled.get(shape);
    if (before) return before;
    let writer: Writer | undefined;
    compiled.set(shape, (value) => (writer as Writer)(value));
    writer = compile(shape);
    compiled.set(shape, writer);
    return writer;
  }

  function compile(shape: Shape): Writer {
    if (isStructure(shape)) return structureWriter(shape);
    if (shape.kind === 'list') return listWriter(shape.item.shape, isSparse(shape));
    if (shape.kind === 'map') return mapWriter(shape.value.shape, isSparse(shape));
    return simpleWriter(shape);
  }

  function structureWriter(shape: StructureShape): Writer {
    let write: Writer | undefined;
    return (value) => {
      write ??= membersWriter(shape.members);
      return write(value);
    };
  }

  function membersWriter(members: readonly Member[]): Writer {
    const steps = members.map(memberWriter);
    return (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      let text = '';
      for (let index = 0; index < steps.length; index += 1) {
        const step = steps[index] as MemberWriter;
        const held = source[step.name];
        if (held === undefined || held === null) continue;
        if (step.isText && isPlain(held)) {
          text += `${text === '' ? step.firstText : step.nextText}${held}"`;
        } else text += `${text === '' ? step.first : step.next}${step.write(held)}`;
      }
      return text === '' ? '{}' : `${text}}`;
    };
  }

  function memberWriter({ name, traits, shape }: Member): MemberWriter {
    const key = (options.jsonName ? traits.jsonName : undefined) ?? name;
    const label = `${JSON.stringify(key)}:`;
    return {
      name,
      first: `{${label}`,
      next: `,${label}`,
      firstText: `{${label}"`,
      nextText: `,${label}"`,
      isText: shape.kind === 'string',
      write: writerOf(shape),
    };
  }

  function listWriter(item: Shape, sparse: boolean): Writer {
    const write = writerOf(item);
    return (value) => {
      let text = '';
      for (const each of value as readonly unknown[]) {
        const present = each !== undefined && each !== null;
        if (!present && !sparse) continue;
        text += `${text === '' ? '[' : ','}${present ? write(each) : 'null'}`;
      }
      return text === '' ? '[]' : `${text}]`;
    };
  }

  function mapWriter(held: Shape, sparse: boolean): Writer {
    const write = writerOf(held);
    const isText = held.kind === 'string';
    return (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      let text = '';
      for (const key of Object.keys(source)) {
        const each = source[key];
        if (isText && isPlain(each) && isPlain(key)) {
          text += `${text === '' ? '{"' : ',"'}${key}":"${each}"`;
          continue;
        }
        const present = each !== undefined && each !== null;
        if (!present && !sparse) continue;
        text += `${text === '' ? '{' : ','}${jsonText(key)}:${present ? write(each) : 'null'}`;
      }
      return text === '' ? '{}' : `${text}}`;
    };
  }

  return { writerOf, membersWriter };
}

interface MemberWriter {
  readonly name: string;
  /** The key with what stands before it, of the first member written and of a later one. */
  readonly first: string;
  readonly next: string;
  /** The same with the opening quote of a text. */
  readonly firstText: string;
  readonly nextText: string;
  readonly isText: boolean;
  readonly write: Writer;
}

function simpleWriter(shape: SimpleShape): Writer {
  switch (shape.kind) {
    case 'number':
      return (value) => (Number.isFinite(value) ? String(value) : `"${String(value)}"`);
    case 'boolean':
    case 'big-integer':
    case 'big-decimal':
      return String;
    case 'blob':
      return (value) => `"${bytesOf(value).toString('base64')}"`;
    case 'timestamp': {
      const format = formatOf(shape, 'epoch-seconds');
      if (format === 'epoch-seconds') return (value) => writeTimestamp(value, format);
      return (value) => `"${writeTimestamp(value, format)}"`;
    }
    case 'string':
      return (value) => jsonText(typeof value === 'string' ? value : String(value));
    case 'document':
      return (value) => JSON.stringify(value) ?? 'null';
    case 'unit':
      return () => '{}';
  }
}
