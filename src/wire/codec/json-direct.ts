import {
  isStructure,
  type Member,
  type Shape,
  type SimpleShape,
  type StructureShape,
  type Traits,
} from '../schema/shape.ts';
import { type Followed, inTurn } from './followed.ts';
import { scratch } from './json-scan.ts';
import { type KeyBytes, keyBytes, source, unusual } from './json-source.ts';
import { readBase64 } from './simple-text.ts';
import { formatOf, readTimestamp } from './timestamp.ts';

/** Reads the value that is next. */
type Take = () => unknown;

/**
 * Reads a body that was laid out, without an object of JSON between: undefined when it is other than clients mostly
 * write, be it wrong or only rare. It is read by V8's parser then, as it would have been without this, so that this one
 * has to know neither errors nor all of JSON.
 */
export type DirectReader = (byteLength: number) => unknown;

export function directReaders(options: { readonly jsonName: boolean }): (shape: Shape) => DirectReader {
  const compiled = new Map<Shape, Take>();

  function takeOf(shape: Shape): Take {
    const before = compiled.get(shape);
    if (before) return before;
    // Structures contain each other: the inner one is looked up when it is first used.
    let take: Take | undefined;
    compiled.set(shape, () => (take as Take)());
    take = compile(shape);
    compiled.set(shape, take);
    return take;
  }

  function compile(shape: Shape): Take {
    if (isStructure(shape)) return structure(shape);
    if (shape.kind === 'list') return list(shape.item.shape);
    if (shape.kind === 'map') return map(shape.value.shape);
    return simple(shape);
  }

  function structure(shape: StructureShape): Take {
    let take: Take | undefined;
    return () => {
      take ??= membersOf(shape);
      return take();
    };
  }

  function membersOf({ kind, members }: StructureShape): Take {
    const steps = members.map(memberStep);
    const byKey = new Map(steps.map((step) => [step.key, step]));
    const start = inTurn(steps);
    return () => {
      const target: Record<string, unknown> = {};
      let last: Followed<MemberStep> = start;
      let set = 0;
      for (let more = source.opens(OPEN, CLOSE); more; more = source.continues(CLOSE)) {
        let step = last.next;
        if (step === undefined || !source.isKey(step.bytes)) {
          step = byKey.get(source.string());
          if (step === undefined) throw unusual;
          source.colon();
          last.next = step;
        }
        last = step;
        target[step.name] = step.isText ? source.text() : step.take();
        set += 1;
      }
      if (kind === 'union' && set !== 1) throw unusual;
      return target;
    };
  }

  function memberStep({ name, traits, shape }: Member): MemberStep {
    const key = (options.jsonName ? traits.jsonName : undefined) ?? name;
    return {
      name,
      key,
      bytes: keyBytes(key),
      isText: shape.kind === 'string',
      take: takeOf(shape),
      next: undefined,
    };
  }

  function list(item: Shape): Take {
    const take = takeOf(item);
    return () => {
      const target: unknown[] = [];
      for (let more = source.opens(OPEN_LIST, CLOSE_LIST); more; more = source.continues(CLOSE_LIST)) {
        target.push(take());
      }
      return target;
    };
  }

  function map(held: Shape): Take {
    const take = takeOf(held);
    return () => {
      const target: Record<string, unknown> = {};
      for (let more = source.opens(OPEN, CLOSE); more; more = source.continues(CLOSE)) {
        const key = source.string();
        if (key === '__proto__') throw unusual;
        source.colon();
        target[key] = take();
      }
      return target;
    };
  }

  return (shape) => {
    const take = takeOf(shape);
    let copies: boolean | undefined;
    return (byteLength) => {
      copies ??= holdsSecret(shape, new Set());
      source.begin(scratch.latin1Slice(0, byteLength), copies);
      try {
        const made = take();
        return source.isAtEnd() ? made : undefined;
      } catch {
        return undefined;
      } finally {
        source.end();
      }
    };
  };
}

/** Whether a secret may stand in it, which must not stay in memory for as long as a name beside it does. */
function holdsSecret(shape: Shape, seen: Set<Shape>): boolean {
  if (seen.has(shape)) return false;
  seen.add(shape);
  const inside = (member: Member) => isSecret(member.traits) || holdsSecret(member.shape, seen);
  if (isSecret(shape.traits)) return true;
  if (isStructure(shape)) return shape.members.some(inside);
  if (shape.kind === 'list') return inside(shape.item);
  return shape.kind === 'map' && (inside(shape.key) || inside(shape.value));
}

function isSecret({ sensitive }: Traits): boolean {
  return sensitive !== undefined;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

interface MemberStep extends Followed<MemberStep> {
  readonly name: string;
  readonly key: string;
  readonly bytes: KeyBytes;
  readonly isText: boolean;
  readonly take: Take;
}

function simple(shape: SimpleShape): Take {
  switch (shape.kind) {
    case 'string':
      return () => source.text();
    case 'number':
      return () => source.number();
    case 'boolean':
      return () => source.boolean();
    case 'blob':
      return () => readBase64(source.string());
    case 'timestamp': {
      const format = formatOf(shape, 'epoch-seconds');
      if (format === 'epoch-seconds') return () => source.date();
      return () => readTimestamp(source.string(), format);
    }
    default:
      return () => {
        throw unusual;
      };
  }
}
