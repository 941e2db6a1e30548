import type { DecisionEntry, EntryKind } from '../model/decision.ts';
import type { Heads } from './heads.ts';
import { isDay } from './treatment.ts';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const day: Check = (value) => typeof value === 'string' && isDay(value);
const whole: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const instant: Check = (value) =>
  text(value) && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(String(value)) && isTime(String(value));
const interval: Check = (value) => hasFields(value, { low: whole, high: whole });
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_ITEMS && value.every(check);

const MOST_ITEMS = 100_000;

const treatment: Check = (value) =>
  hasFields(value, {
    response: oneOf('accept', 'reduce', 'transfer', 'avoid'),
    reason: text,
    until: optional(day),
    counterparty: optional(text),
    contract: optional(text),
    coverage: optional(text),
  }) &&
  ((value as Fields).response !== 'accept' || day((value as Fields).until));

const FRAME: Readonly<Record<string, Check>> = {
  schema: oneOf('honmaru.decision/1'),
  environment: text,
  risk: text,
  sequence: whole,
  previous: (value) => value === null || text(value),
  at: instant,
  by: text,
  shown: (value) => hasFields(value, { canonical: text, hash: text, fingerprint: text }),
  signature: optional(text),
  hash: text,
};

const KINDS: Readonly<Record<EntryKind, Readonly<Record<string, Check>>>> = {
  proposed: { treatment },
  decided: {
    treatment,
    approved: flag,
    selfApproved: flag,
    proposedBy: text,
    confirmation: optional(oneOf('password', 'totp')),
  },
  withdrawn: { reason: text },
  lapsed: {
    why: listOf(oneOf('date', 'class', 'path', 'safeguards', 'findings', 'facts', 'gone', 'clock')),
  },
  closed: {
    reason: text,
    value: whole,
    evidence: listOf((value) =>
      hasFields(value, {
        kind: oneOf('value', 'safeguard', 'gone', 'said'),
        what: text,
        state: optional(text),
      }),
    ),
    confirmation: optional(oneOf('password', 'totp')),
  },
  reopened: { reason: text },
  renamed: { from: text, to: text },
  'class-changed': {
    resource: text,
    before: interval,
    after: interval,
    reason: text,
    confirmation: optional(oneOf('password', 'totp')),
  },
};

/** Whether a value has the form of an entry: every field of its kind, and none that is not known. */
export function isEntry(value: unknown): value is DecisionEntry {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(KINDS, value.kind)) return false;
  return hasFields(value, { ...FRAME, ...KINDS[value.kind as EntryKind], kind: text });
}

/** Whether a value has the form of a manifest of heads. */
export function isHeads(value: unknown): value is Heads {
  return hasFields(value, {
    schema: oneOf('honmaru.decision/1'),
    kind: oneOf('heads'),
    at: instant,
    by: text,
    heads: listOf((head) => hasFields(head, { environment: text, risk: text, sequence: whole, head: text })),
    signature: optional(text),
    hash: text,
  });
}

/** The schema that a value names, when it is one of ours that this version does not know. */
export function newerSchema(value: unknown): string | undefined {
  const schema = isRecord(value) ? value.schema : undefined;
  if (typeof schema !== 'string' || schema === 'honmaru.decision/1') return undefined;
  return /^honmaru\.decision\/\d{1,6}$/.test(schema) ? schema : undefined;
}

function hasFields(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  if (!isRecord(value)) return false;
  if (Object.keys(value).some((key) => !Object.hasOwn(checks, key))) return false;
  return Object.entries(checks).every(([key, check]) =>
    check(Object.hasOwn(value, key) ? value[key] : undefined),
  );
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: string): boolean {
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}
