import { type Caller, type PreparedCaller, prepareCaller } from './caller.ts';
import { derivedKey } from './derived-keys.ts';
import { type ArnText, arnText } from './match/arn.ts';
import { matchPartial } from './match/partial-match.ts';
import type { VariableSource } from './match/text-matcher.ts';
import { tokensOf } from './match/tokens.ts';
import { openText, type PartialString } from './partial.ts';
import { type Truth, truthOf, UNKNOWN, YES } from './truth.ts';

/** A value of a context key: one value, several (a multivalued key), or one that is not known. */
export type ContextValue =
  | PartialString
  | number
  | boolean
  | readonly (PartialString | number | boolean)[]
  | UnknownContext;

/** A context key of which the value is not known. */
export interface UnknownContext {
  readonly unknown: string;
  /** Whether the key is surely in the request; otherwise it may be absent. */
  readonly present?: boolean;
}

/** May this caller do this to that? */
export interface AccessRequest {
  readonly principal: Caller;
  /** `service:Action`; case does not matter. */
  readonly action: string;
  /** The ARN of the resource, or `*` for an action that has none. */
  readonly resource: PartialString;
  /** The account that owns the resource, for ARNs that do not say (an S3 bucket's). */
  readonly resourceAccount?: PartialString;
  /** Context keys; case does not matter. Keys that follow from the caller need not be given. */
  readonly context?: ReadonlyMap<string, ContextValue> | Readonly<Record<string, ContextValue>>;
  /**
   * Whether a key that is not given is absent (`absent`, the default: the request is known) or may be
   * there with any value (`unknown`: a question about a template).
   */
  readonly otherKeys?: 'absent' | 'unknown';
}

/** What a condition sees of a key. */
export interface ContextEntry {
  readonly values: readonly PartialString[];
  /** UNKNOWN when the key may be absent. */
  readonly present: Truth;
}

/** A request made ready once for all policies. */
export interface PreparedRequest extends VariableSource {
  readonly request: AccessRequest;
  readonly caller: PreparedCaller;
  /** `service:action` in lower case. */
  readonly action: string;
  readonly resource: ArnText;
  readonly resourceAccount: PartialString | undefined;
  /** Whether caller and resource belong to one account. */
  readonly sameAccount: Truth;
  entry(key: string): ContextEntry | undefined;
}

/** Prepares a request for evaluation. */
export function prepareRequest(request: AccessRequest): PreparedRequest {
  return new Prepared(request);
}

class Prepared implements PreparedRequest {
  readonly request: AccessRequest;
  readonly caller: PreparedCaller;
  readonly action: string;
  readonly resource: ArnText;
  readonly resourceAccount: PartialString | undefined;
  readonly sameAccount: Truth;
  #context: ReadonlyMap<string, ContextValue> | undefined;

  constructor(request: AccessRequest) {
    this.request = request;
    this.caller = prepareCaller(request.principal);
    this.action = request.action.toLowerCase();
    this.resource = arnText(request.resource);
    this.resourceAccount = request.resourceAccount ?? accountOf(this.resource);
    this.sameAccount = sameAccount(this.caller.account, this.resourceAccount, this.resource);
  }

  entry(key: string): ContextEntry | undefined {
    this.#context ??= foldKeys(this.request.context);
    const value = this.#context.get(key);
    if (value !== undefined) return entryOf(value);
    const derived = derivedKey(key, this);
    if (derived === 'absent') return undefined;
    if (derived !== undefined) return { values: [derived], present: YES };
    if (this.request.otherKeys !== 'unknown') return undefined;
    return { values: [openText(`\${${key}}`)], present: UNKNOWN };
  }

  variable(key: string): PartialString | undefined | 'maybe' {
    const entry = this.entry(key);
    if (entry === undefined || entry.values.length !== 1) return undefined;
    return entry.present === YES ? entry.values[0] : 'maybe';
  }
}

function foldKeys(context: AccessRequest['context']): ReadonlyMap<string, ContextValue> {
  const folded = new Map<string, ContextValue>();
  if (context === undefined) return folded;
  if (context instanceof Map) {
    for (const [key, value] of context) folded.set(key.toLowerCase(), value);
    return folded;
  }
  const record = context as Readonly<Record<string, ContextValue>>;
  for (const key of Object.keys(record)) folded.set(key.toLowerCase(), record[key] as ContextValue);
  return folded;
}

function entryOf(value: ContextValue): ContextEntry | undefined {
  if (typeof value === 'string') return { values: [value], present: YES };
  if (typeof value !== 'object') return { values: [String(value)], present: YES };
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    return { values: value.map(scalar), present: YES };
  }
  if ('unknown' in value) {
    return { values: [openText(value.unknown)], present: value.present === true ? YES : UNKNOWN };
  }
  return { values: [value as PartialString], present: YES };
}

function scalar(value: PartialString | number | boolean): PartialString {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function accountOf(resource: ArnText): PartialString | undefined {
  const account = resource.segments?.[4];
  return account === '' ? undefined : account;
}

/** A list action has no resource and stays in the caller's account; an owner that is not said is open. */
function sameAccount(
  caller: PartialString | undefined,
  owner: PartialString | undefined,
  resource: ArnText,
): Truth {
  if (resource.text === '*' && owner === undefined) return YES;
  if (caller === undefined || owner === undefined) return UNKNOWN;
  if (typeof caller === 'string' && typeof owner === 'string') return truthOf(caller === owner);
  return matchPartial(tokensOf(caller, { wildcards: false, variables: false }), owner);
}
