import { type DocumentNode, entryOf, type MapNode } from '../../kernel/document.ts';
import { parseOperator } from '../conditions/operator.ts';

const ROOT = new Set(['Version', 'Id', 'Statement']);
const STATEMENT = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);
const TEXT_LISTS = ['Action', 'NotAction', 'Resource', 'NotResource'];
const VERSIONS = new Set(['2012-10-17', '2008-10-17']);

/** The statements of a document: IAM takes one map for a list of one. */
export function statementsOf(root: DocumentNode): readonly MapNode[] {
  const statement = entryOf(root, 'Statement')?.value;
  const items = statement?.kind === 'list' ? statement.items : statement ? [statement] : [];
  return items.filter((item) => item.kind === 'map');
}

/**
 * The offset of the first element that the grammar of the policy language does not allow, or undefined.
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language", and what CreatePolicy refuses.
 */
export function syntaxFlaw(root: DocumentNode): number | undefined {
  if (root.kind !== 'map') return root.start;
  return firstOf([
    () => unknownKey(root, ROOT),
    () => wrongText(root, 'Id'),
    () => wrongVersion(root),
    () => wrongStatements(root),
    ...statementsOf(root).map((statement) => () => statementFlaw(statement)),
  ]);
}

function statementFlaw(statement: MapNode): number | undefined {
  return firstOf([
    () => unknownKey(statement, STATEMENT),
    () => wrongEffect(statement),
    () => wrongText(statement, 'Sid'),
    ...TEXT_LISTS.map((name) => () => wrongTextList(statement, name)),
    () => both(statement, 'Action', 'NotAction'),
    () => both(statement, 'Resource', 'NotResource'),
    () => both(statement, 'Principal', 'NotPrincipal'),
    () => wrongPrincipal(statement, 'Principal'),
    () => wrongPrincipal(statement, 'NotPrincipal'),
    () => wrongCondition(statement),
  ]);
}

function firstOf(checks: readonly (() => number | undefined)[]): number | undefined {
  for (const check of checks) {
    const offset = check();
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function unknownKey(node: MapNode, known: ReadonlySet<string>): number | undefined {
  return node.entries.find((entry) => !known.has(entry.key))?.keyStart;
}

function wrongText(node: MapNode, name: string): number | undefined {
  const value = entryOf(node, name)?.value;
  return value === undefined || isText(value) ? undefined : value.start;
}

function wrongVersion(root: MapNode): number | undefined {
  const value = entryOf(root, 'Version')?.value;
  if (value === undefined) return undefined;
  return value.kind === 'scalar' && VERSIONS.has(String(value.value)) ? undefined : value.start;
}

function wrongStatements(root: MapNode): number | undefined {
  const value = entryOf(root, 'Statement')?.value;
  if (value === undefined) return root.start;
  if (value.kind === 'map') return undefined;
  if (value.kind !== 'list' || value.items.length === 0) return value.start;
  return value.items.find((item) => item.kind !== 'map')?.start;
}

/** The effect is compared without regard to case here; evaluation takes only Allow and Deny. */
function wrongEffect(statement: MapNode): number | undefined {
  const value = entryOf(statement, 'Effect')?.value;
  if (value === undefined) return statement.start;
  const word = value.kind === 'scalar' ? String(value.value).toLowerCase() : '';
  return word === 'allow' || word === 'deny' ? undefined : value.start;
}

function wrongTextList(statement: MapNode, name: string): number | undefined {
  const value = entryOf(statement, name)?.value;
  if (value === undefined || isText(value)) return undefined;
  if (value.kind !== 'list') return value.start;
  return value.items.find((item) => !isText(item) && !isNull(item))?.start;
}

function both(statement: MapNode, one: string, other: string): number | undefined {
  return entryOf(statement, one) && entryOf(statement, other)?.keyStart;
}

function wrongPrincipal(statement: MapNode, name: string): number | undefined {
  const value = entryOf(statement, name)?.value;
  if (value === undefined) return undefined;
  if (value.kind !== 'map') return value.kind === 'scalar' && value.value === '*' ? undefined : value.start;
  for (const entry of value.entries) {
    if (isText(entry.value)) continue;
    if (entry.value.kind !== 'list') return entry.value.start;
    const wrong = entry.value.items.find((item) => !isText(item));
    if (wrong !== undefined) return wrong.start;
  }
  return undefined;
}

function wrongCondition(statement: MapNode): number | undefined {
  const condition = entryOf(statement, 'Condition')?.value;
  if (condition === undefined) return undefined;
  if (condition.kind !== 'map') return condition.start;
  for (const operator of condition.entries) {
    if (operator.value.kind !== 'map') return operator.value.start;
    if (operator.value.entries.length === 0) continue;
    if (parseOperator(operator.key) === undefined) return operator.keyStart;
    for (const key of operator.value.entries) {
      const values = key.value.kind === 'list' ? key.value.items : [key.value];
      const wrong = values.find((value) => value.kind !== 'scalar' || value.value === null);
      if (wrong !== undefined) return wrong.start;
    }
  }
  return undefined;
}

function isText(node: DocumentNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string';
}

function isNull(node: DocumentNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
