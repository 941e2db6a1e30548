/**
 * Random cases with holes: strings of policies and requests in which a stretch is marked `⟦name⟧`, list
 * items and statements that may be missing. `open` leaves the marks as holes, `filled` puts text there.
 */
import type { Access, AccessRequest, Caller, ContextValue, PartialString } from '../../src/iam/index.ts';
import { partial } from '../../src/iam/index.ts';
import { absent, type Hole, known, type Part, unknown, type Value } from '../../src/model/value.ts';
import { accessOf, SPAN } from './engine-case.ts';
import { type CaseSource, RESOURCES } from './random-cases.ts';
import type { ReferenceLayers, ReferencePolicy, ReferenceRequest, ReferenceStatement } from './reference.ts';

const HOLES = ['H0', 'H1', 'R0', 'A0'];
const MAYBE = ['C0', 'C1'];
const MARK = /⟦([A-Z]\d)⟧/;
const TEXTS = ['a', 'b', 'alice', '*', '', 'x', '?', 'app-a', 'jobs', '10', 'true', 'root'];

/** What stands for each mark: text for holes, `in` or `out` for items that may be missing. */
export type Filling = ReadonlyMap<string, string>;

/** Draws a filling: account holes get accounts, `R` holes whole ARNs, others text without colons. */
export function drawFilling(source: CaseSource): Filling {
  const filling = new Map<string, string>();
  for (const name of HOLES) filling.set(name, fillFor(name, source));
  for (const name of MAYBE) filling.set(name, source.pick(['in', 'out']));
  return filling;
}

function fillFor(name: string, source: CaseSource): string {
  if (name.startsWith('A')) return source.pick(['111122223333', '444455556666']);
  if (name.startsWith('R'))
    return source.pick([...RESOURCES.slice(0, 5), 'arn:aws:iam::111122223333:user/alice']);
  return source.pick(TEXTS);
}

/** Marks a case at random. */
export function punch(layers: ReferenceLayers, request: ReferenceRequest, source: CaseSource): OpenCase {
  const program = (policies: readonly ReferencePolicy[]) =>
    policies.map((policy) => punchPolicy(policy, source));
  return {
    layers: {
      ...(layers.identity ? { identity: program(layers.identity) } : {}),
      ...(layers.boundary ? { boundary: program(layers.boundary) } : {}),
      ...(layers.session ? { session: program(layers.session) } : {}),
      ...(layers.serviceControl ? { serviceControl: layers.serviceControl.map(program) } : {}),
      ...(layers.resource ? { resource: program(layers.resource) } : {}),
    },
    request: {
      ...request,
      resource: mark(request.resource, source, 0.3),
      owner: mark(request.owner, source, 0.1),
      caller: { ...request.caller, self: mark(request.caller.self, source, 0.15) },
      context: Object.fromEntries(
        Object.entries(request.context).map(([key, value]) => [
          key,
          typeof value === 'string' ? mark(value, source, 0.2) : value.map((each) => mark(each, source, 0.2)),
        ]),
      ),
    },
    otherKeys: source.chance(0.2) ? 'unknown' : 'absent',
  };
}

/** A case with marks. */
export interface OpenCase {
  readonly layers: ReferenceLayers;
  readonly request: ReferenceRequest;
  readonly otherKeys: 'absent' | 'unknown';
}

function punchPolicy(policy: ReferencePolicy, source: CaseSource): ReferencePolicy {
  return { ...policy, Statement: policy.Statement.map((statement) => punchStatement(statement, source)) };
}

function punchStatement(statement: ReferenceStatement, source: CaseSource): ReferenceStatement {
  const punched = punchStrings(statement, source) as ReferenceStatement;
  return source.chance(0.1) ? ({ ...punched, Sid: `?${source.pick(MAYBE)}` } as ReferenceStatement) : punched;
}

function punchStrings(node: unknown, source: CaseSource): unknown {
  if (Array.isArray(node)) {
    return node.map((each) => {
      const marked = mark(each as string, source, 0.12);
      return source.chance(0.05) ? `⟦${source.pick(MAYBE)}⟧${marked}` : marked;
    });
  }
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, punchStrings(value, source)]));
}

/** Marks a stretch without colons and variables, an account, or a whole ARN. */
function mark(text: string, source: CaseSource, probability: number): string {
  if (!source.chance(probability) || text.includes('$')) return text;
  if (text.startsWith('arn:') && source.chance(0.2))
    return source.chance(0.5) ? '⟦R0⟧' : `⟦R0⟧/${source.pick(['*', 'x'])}`;
  const account = /\d{12}/.exec(text)?.[0];
  if (account !== undefined && source.chance(0.5)) return text.replace(account, '⟦A0⟧');
  const from = text.lastIndexOf(':') + 1;
  const start = from + Math.floor(source.fraction() * (text.length - from + 1));
  const end = start + Math.floor(source.fraction() * (text.length - start + 1));
  return `${text.slice(0, start)}⟦${source.pick(['H0', 'H1'])}⟧${text.slice(end)}`;
}

/** The case with its marks as holes. */
export function open(marked: OpenCase): { access: Access; request: AccessRequest } {
  return {
    access: accessOf(marked.layers, openValue, openStatement),
    request: { ...requestWith(marked.request, partialOf), otherKeys: marked.otherKeys },
  };
}

/** The case with its marks filled, and with more context keys where the open case left them open. */
export function filled(
  marked: OpenCase,
  filling: Filling,
  more: ReferenceRequest['context'],
): { access: Access; request: AccessRequest } {
  const put = (text: string): string => {
    const match = MARK.exec(text);
    return match === null ? text : put(text.replace(match[0], filling.get(match[1] as string) ?? ''));
  };
  const toValue = (text: string): Value => {
    const name = MARK.exec(text)?.[1];
    if (text.startsWith('⟦C') && name !== undefined) {
      return filling.get(name) === 'in' ? toValue(text.slice(4)) : absent(SPAN);
    }
    return known(put(text), SPAN);
  };
  const keepStatement = (statement: Value, sid: string): Value =>
    filling.get(sid) === 'in' ? statement : absent(SPAN);
  const request = requestWith(marked.request, put);
  const given = new Set(Object.keys(marked.request.context).map((key) => key.toLowerCase()));
  const extra =
    marked.otherKeys === 'unknown'
      ? Object.entries(more).filter(([key]) => !given.has(key.toLowerCase()))
      : [];
  return {
    access: accessOf(marked.layers, toValue, keepStatement),
    request: { ...request, context: { ...Object.fromEntries(extra), ...(request.context as object) } },
  };
}

function openValue(text: string): Value {
  const name = MARK.exec(text)?.[1];
  if (text.startsWith('⟦C') && name !== undefined) {
    return { kind: 'oneOf', condition: name, options: [openValue(text.slice(4)), absent(SPAN)], span: SPAN };
  }
  const parts = partsIn(text);
  if (parts.every((part) => typeof part === 'string')) return known(text, SPAN);
  return unknown(text, 'parameter', SPAN, parts);
}

function openStatement(statement: Value, sid: string): Value {
  return { kind: 'oneOf', condition: sid, options: [statement, absent(SPAN)], span: SPAN };
}

function partsIn(text: string): readonly Part[] {
  const match = MARK.exec(text);
  if (match === null) return [text];
  const rest = text.slice(match.index + match[0].length);
  return [text.slice(0, match.index), holeFor(match[1] as string), ...partsIn(rest)].filter(
    (part) => part !== '',
  );
}

function holeFor(name: string): Hole {
  if (name.startsWith('A')) return { type: 'account', expression: name };
  if (name.startsWith('R')) return { type: 'reference', expression: name, resource: name, attribute: 'Arn' };
  return { type: 'parameter', expression: name };
}

function partialOf(text: string): PartialString {
  return partial(partsIn(text));
}

function requestWith(request: ReferenceRequest, text: (text: string) => PartialString): AccessRequest {
  const context: Record<string, ContextValue> = {};
  for (const [key, value] of Object.entries(request.context)) {
    context[key] = typeof value === 'string' ? text(value) : value.map(text);
  }
  const { caller } = request;
  const principal: Caller =
    caller.role === undefined
      ? { type: 'user', arn: text(caller.self) }
      : { type: 'role-session', role: caller.role, session: text(caller.self) };
  return {
    principal,
    action: request.action,
    resource: text(request.resource),
    resourceAccount: text(request.owner),
    context,
  };
}
