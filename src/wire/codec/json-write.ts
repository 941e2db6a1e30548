import {
  isStructure,
  type Member,
  type Shape,
  type SimpleShape,
  type StructureShape,
  type TimestampFormat,
} from '../schema/shape.ts';
import { type Followed, inTurn } from './followed.ts';
import { isSparse } from './json-read.ts';
import { type Label, labelOf, sink } from './json-sink.ts';
import { bytesOf } from './simple-text.ts';
import { formatOf, writeTimestamp } from './timestamp.ts';

export type Writer = (value: unknown) => string;

/** A text when it is ASCII, which goes out in one piece with the head of a message; else mostly bytes. */
export type BodyWriter = (value: unknown) => string | Buffer;

/** Makes writers of JSON for shapes; each shape is compiled once. */
export interface JsonWriters {
  writerOf(shape: Shape): Writer;
  bodyWriterOf(shape: Shape): BodyWriter;
  /** A writer of some members only, as the body of a response with HTTP bindings. */
  membersWriter(members: readonly Member[]): Writer;
}

/** Puts a value into the sink. */
type Put = (value: unknown) => void;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

export function jsonWriters(options: { readonly jsonName: boolean }): JsonWriters {
  const compiled = new Map<Shape, Put>();
  const writers = new Map<Shape, Writer>();
  const bodyWriters = new Map<Shape, BodyWriter>();
  function putterOf(shape: Shape): Put {
    const before = compiled.get(shape);
    if (before) return before;
    // Structures contain each other: the inner one is looked up when it is first used.
    let put: Put | undefined;
    compiled.set(shape, (value) => (put as Put)(value));
    put = compile(shape);
    compiled.set(shape, put);
    return put;
  }

  function compile(shape: Shape): Put {
    if (isStructure(shape)) return structure(shape);
    if (shape.kind === 'list') return list(shape.item.shape, isSparse(shape));
    if (shape.kind === 'map') return map(shape.value.shape, isSparse(shape));
    return simple(shape);
  }

  function structure(shape: StructureShape): Put {
    let put: Put | undefined;
    return (value) => {
      put ??= membersOf(shape.members);
      put(value);
    };
  }

  function membersOf(members: readonly Member[]): Put {
    const steps = members.map(memberStep);
    const byName = new Map(steps.map((step) => [step.name, step]));
    const start = inTurn(steps);
    return (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      let before = OPEN;
      let last: Followed<MemberStep> = start;
      for (const name in source) {
        const held = source[name];
        if (held === undefined || held === null) continue;
        let step = last.next;
        if (step === undefined || step.name !== name) {
          step = byName.get(name);
          if (step === undefined) continue;
          last.next = step;
        }
        last = step;
        sink.label(step.label, before);
        before = COMMA;
        if (step.isText && typeof held === 'string') sink.string(held);
        else step.put(held);
      }
      if (before === OPEN) sink.byte(OPEN);
      sink.byte(CLOSE);
    };
  }

  function memberStep({ name, traits, shape }: Member): MemberStep {
    const key = (options.jsonName ? traits.jsonName : undefined) ?? name;
    return {
      name,
      label: labelOf(key),
      isText: shape.kind === 'string',
      put: putterOf(shape),
      next: undefined,
    };
  }

  function list(item: Shape, sparse: boolean): Put {
    const put = putterOf(item);
    return (value) => {
      const source = value as readonly unknown[];
      let before = OPEN_LIST;
      for (let index = 0; index < source.length; index += 1) {
        const each = source[index];
        const present = each !== undefined && each !== null;
        if (!present && !sparse) continue;
        sink.byte(before);
        before = COMMA;
        if (present) put(each);
        else sink.plain('null');
      }
      if (before === OPEN_LIST) sink.byte(OPEN_LIST);
      sink.byte(CLOSE_LIST);
    };
  }

  function map(held: Shape, sparse: boolean): Put {
    const put = putterOf(held);
    return (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      let before = OPEN;
      for (const key of Object.keys(source)) {
        const each = source[key];
        const present = each !== undefined && each !== null;
        if (!present && !sparse) continue;
        sink.byte(before);
        before = COMMA;
        sink.string(key);
        sink.byte(COLON);
        if (present) put(each);
        else sink.plain('null');
      }
      if (before === OPEN) sink.byte(OPEN);
      sink.byte(CLOSE);
    };
  }

  return {
    writerOf: (shape) => keptIn(writers, shape, () => textOf(putterOf(shape))),
    bodyWriterOf: (shape) => keptIn(bodyWriters, shape, () => bodyOf(putterOf(shape))),
    membersWriter: (members) => textOf(membersOf(members)),
  };
}

function keptIn<T>(kept: Map<Shape, T>, shape: Shape, make: () => T): T {
  const before = kept.get(shape);
  if (before !== undefined) return before;
  const made = make();
  kept.set(shape, made);
  return made;
}

function textOf(put: Put): Writer {
  return (value) => {
    sink.begin();
    try {
      put(value);
      return sink.text();
    } finally {
      sink.end();
    }
  };
}

function bodyOf(put: Put): BodyWriter {
  return (value) => {
    sink.begin();
    try {
      put(value);
      return sink.body();
    } finally {
      sink.end();
    }
  };
}

interface MemberStep extends Followed<MemberStep> {
  readonly name: string;
  readonly label: Label;
  readonly isText: boolean;
  readonly put: Put;
}

function simple(shape: SimpleShape): Put {
  switch (shape.kind) {
    case 'number':
      return (value) => {
        if (typeof value === 'number' && Number.isFinite(value)) sink.number(value);
        else sink.plain(`"${String(value)}"`);
      };
    case 'boolean':
    case 'big-integer':
    case 'big-decimal':
      return (value) => sink.plain(String(value));
    case 'blob':
      return (value) => {
        sink.byte(QUOTE);
        sink.plain(bytesOf(value).toString('base64'));
        sink.byte(QUOTE);
      };
    case 'timestamp':
      return timestamp(formatOf(shape, 'epoch-seconds'));
    case 'string':
      return (value) => sink.string(typeof value === 'string' ? value : String(value));
    case 'document':
      return (value) => sink.json(JSON.stringify(value) ?? 'null');
    case 'unit':
      return () => sink.plain('{}');
  }
}

function timestamp(format: TimestampFormat): Put {
  if (format !== 'epoch-seconds') return (value) => sink.plain(`"${writeTimestamp(value, format)}"`);
  return (value) => {
    const milliseconds = value instanceof Date ? value.getTime() : Number.NaN;
    // What is no date is refused as it is everywhere.
    if (Number.isNaN(milliseconds)) writeTimestamp(value, format);
    else sink.seconds(milliseconds);
  };
}
