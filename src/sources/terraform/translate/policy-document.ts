import { itemsOf, known, list, map, stringFrom, type Value } from '../../../model/value.ts';
import { structureOf } from '../evaluate/json-text.ts';
import { undecidedAt } from '../evaluate/values.ts';
import type { CallContext } from '../functions/function.ts';
import { callFunction } from '../functions/registry.ts';
import { jsonStructure } from './json-structure.ts';

const NO_FILES: CallContext['files'] = {
  read: () => undefined,
  list: () => undefined,
  render: (_text, _variables, span) => undecidedAt(span, 'function'),
};

/** The JSON text of an `aws_iam_policy_document`, with its structure remembered. */
export function policyDocumentText(document: Value): Value {
  return callFunction('jsonencode', [policyDocument(document)], { span: document.span, files: NO_FILES });
}

/**
 * The policy that the data source `aws_iam_policy_document` describes (Terraform AWS provider, "Data
 * Source: aws_iam_policy_document"): statements of the source documents first; a statement with the same
 * Sid as one before replaces it when it comes from the document itself or from an overriding one.
 */
export function policyDocument(document: Value): Value {
  const entries = entriesOf(document);
  const inherited = documentsIn(entries.get('source_policy_documents') ?? entries.get('source_json'));
  const overriding = documentsIn(entries.get('override_policy_documents') ?? entries.get('override_json'));
  const own = statementItems(entries.get('statement')).map((each) => optional(each, statement));
  if (!inherited || !overriding) return undecidedAt(document.span, 'function');
  const statements = [...own, ...overriding].reduce(replaceBySid, inherited);
  const policy = new Map<string, Value>([
    ['Version', given(entries.get('version')) ?? known('2012-10-17', document.span)],
  ]);
  const id = given(entries.get('policy_id'));
  if (id) policy.set('Id', id);
  policy.set('Statement', list(statements, document.span));
  return map(policy, document.span);
}

function entriesOf(value: Value): ReadonlyMap<string, Value> {
  return value.kind === 'map' ? value.entries : new Map();
}

/** A value that was written and is not null. */
function given(value: Value | undefined): Value | undefined {
  return value === undefined || (value.kind === 'known' && value.value === null) ? undefined : value;
}

function statementItems(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'unknown') return [value];
  return value ? itemsOf(value) : [];
}

/** A block of which it is open whether it exists. */
function optional(value: Value, convert: (value: Value) => Value): Value {
  if (value.kind !== 'oneOf') return convert(value);
  return {
    ...value,
    options: value.options.map((option) => (option.kind === 'absent' ? option : convert(option))),
  };
}

function documentsIn(value: Value | undefined): Value[] | undefined {
  if (!given(value)) return [];
  const statements: Value[] = [];
  for (const each of value?.kind === 'list' ? value.items : value ? [value] : []) {
    const policy = structureOf(each) ?? jsonStructure(each);
    if (policy.kind !== 'map') return undefined;
    statements.push(...statementItems(policy.entries.get('Statement')));
  }
  return statements;
}

function replaceBySid(statements: Value[], added: Value): Value[] {
  const sid = sidOf(added);
  const at = sid === undefined ? -1 : statements.findIndex((each) => sidOf(each) === sid);
  return at < 0 ? [...statements, added] : statements.with(at, added);
}

function sidOf(value: Value): string | undefined {
  const sid = value.kind === 'map' ? value.entries.get('Sid') : undefined;
  const text = sid && stringFrom(sid);
  return text === '' ? undefined : text;
}

const LISTS: readonly (readonly [terraform: string, policy: string])[] = [
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
];

function statement(value: Value): Value {
  if (value.kind !== 'map') return value;
  const { entries } = value;
  const made = new Map<string, Value>();
  const sid = given(entries.get('sid'));
  if (sid && stringFrom(sid) !== '') made.set('Sid', sid);
  made.set('Effect', given(entries.get('effect')) ?? known('Allow', value.span));
  for (const [terraform, policy] of LISTS) {
    const listed = given(entries.get(terraform));
    if (listed && !isEmptyList(listed)) made.set(policy, withoutSingleList(listed));
  }
  for (const [terraform, policy] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const listed = statementItems(entries.get(terraform));
    if (listed.length > 0) made.set(policy, principals(listed, value.span));
  }
  const conditions = statementItems(entries.get('condition'));
  if (conditions.length > 0) made.set('Condition', conditionMap(conditions, value.span));
  return map(made, value.span);
}

function isEmptyList(value: Value): boolean {
  return value.kind === 'list' && value.items.length === 0;
}

/** The provider writes a list of one as its item. */
function withoutSingleList(value: Value): Value {
  const [only] = value.kind === 'list' ? value.items : [];
  return value.kind === 'list' && value.items.length === 1 && only ? only : value;
}

function principals(blocks: readonly Value[], span: Value['span']): Value {
  const byType = new Map<string, Value[]>();
  for (const block of blocks) {
    const entries = entriesOf(block);
    const type = stringFrom(entries.get('type') ?? known(null, span));
    if (type === undefined) return undecidedAt(span, 'function');
    byType.set(type, [...(byType.get(type) ?? []), ...itemsIn(entries.get('identifiers'))]);
  }
  const anyone = byType.get('*');
  if (anyone) return known('*', anyone[0]?.span ?? span);
  const entries = [...byType].map(([type, items]): [string, Value] => [
    type,
    withoutSingleList(list(items, span)),
  ]);
  return map(new Map(entries), span);
}

function itemsIn(value: Value | undefined): readonly Value[] {
  if (!value) return [];
  return value.kind === 'list' ? value.items : [value];
}

function conditionMap(blocks: readonly Value[], span: Value['span']): Value {
  const tests = new Map<string, Map<string, Value>>();
  for (const block of blocks) {
    const entries = entriesOf(block);
    const test = stringFrom(entries.get('test') ?? known(null, span));
    const variable = stringFrom(entries.get('variable') ?? known(null, span));
    const values = entries.get('values');
    if (test === undefined || variable === undefined || !values) return undecidedAt(span, 'function');
    const variables = tests.get(test) ?? new Map<string, Value>();
    const earlier = variables.get(variable);
    const joined = earlier
      ? list([...itemsIn(earlier), ...itemsIn(values)], span)
      : withoutSingleList(values);
    variables.set(variable, joined);
    tests.set(test, variables);
  }
  return map(new Map([...tests].map(([test, variables]) => [test, map(variables, span)])), span);
}
