import { malformedPolicy } from './errors.ts';

/**
 * Tag policies. Source: AWS Organizations User Guide, "Tag policy syntax", "Inheritance operators" and "Understanding
 * management policy inheritance".
 */

type Fields = Readonly<Record<string, unknown>>;

const OPERATORS = ['@@assign', '@@append', '@@remove'] as const;
type Operator = (typeof OPERATORS)[number];
const CHILD_CONTROL = '@@operators_allowed_for_child_policies';
const LISTS = ['tag_value', 'enforced_for', 'report_required_tag_for'] as const;
type ListName = (typeof LISTS)[number];
const MOST_ITEMS = 500;

/** What a tag policy says of one tag, once everything that is inherited is merged. */
export interface EffectiveTag {
  /** In the capitals that it must have. */
  readonly tag_key: string;
  readonly tag_value?: readonly string[];
  readonly enforced_for?: readonly string[];
  readonly report_required_tag_for?: readonly string[];
}

/** By tag key in lower case. */
export type EffectiveTags = Readonly<Record<string, EffectiveTag>>;

/** @throws AwsError MalformedPolicyDocument. */
export function demandTagPolicy(content: string): void {
  const document = parsed(content);
  const { tags, ...others } = document;
  const [other] = Object.keys(others);
  if (other !== undefined) throw malformedPolicy(`${other} is not supported.`);
  for (const [key, value] of settingsIn(recordOf(tags, 'tags'), 'tags')) demandTag(key, recordOf(value, key));
}

function demandTag(key: string, tag: Fields): void {
  for (const [name, value] of settingsIn(tag, key)) {
    const setting = recordOf(value, name);
    if (name !== 'tag_key' && !isListName(name)) throw malformedPolicy(`${name} is not supported.`);
    const settings = settingsIn(setting, name);
    if (settings.length === 0) throw malformedPolicy(`${name} has no operator.`);
    for (const [operator, given] of settings) {
      if (!isOperator(operator)) throw malformedPolicy(`${operator} is not supported.`);
      if (name === 'tag_key') demandKey(key, operator, given);
      else demandList(name, given);
    }
  }
}

function demandKey(key: string, operator: Operator, given: unknown): void {
  if (operator !== '@@assign') throw malformedPolicy(`${operator} is not supported for tag_key.`);
  if (typeof given === 'string' && given.toLowerCase() === key.toLowerCase()) return;
  throw malformedPolicy('tag_key differs from the name of its tag in more than capitals.');
}

const RESOURCE_TYPE = /^[a-z0-9-]{1,64}:(?:\*|ALL_SUPPORTED|[A-Za-z0-9_/-]{1,64})$/;

function demandList(name: ListName, given: unknown): void {
  const items = Array.isArray(given) ? given : undefined;
  if (items === undefined || items.length > MOST_ITEMS) throw malformedPolicy(`${name} takes a list.`);
  for (const item of items) {
    const fits =
      typeof item === 'string' && (name === 'tag_value' ? isValue(item) : RESOURCE_TYPE.test(item));
    if (!fits) throw malformedPolicy(`${JSON.stringify(item).slice(0, 100)} is no item of ${name}.`);
  }
}

/** At most one wildcard. */
function isValue(item: string): boolean {
  return item.length <= 256 && item.indexOf('*') === item.lastIndexOf('*');
}

/** The members of an object without what children may do, which is checked. */
function settingsIn(fields: Fields, where: string): readonly (readonly [string, unknown])[] {
  const allowed = fields[CHILD_CONTROL];
  const known = ['@@all', '@@none', ...OPERATORS] as readonly unknown[];
  if (allowed !== undefined && !(Array.isArray(allowed) && allowed.every((each) => known.includes(each)))) {
    throw malformedPolicy(`${CHILD_CONTROL} of ${where} takes a list of operators.`);
  }
  return Object.entries(fields).filter(([name]) => name !== CHILD_CONTROL);
}

function parsed(content: string): Fields {
  try {
    return recordOf(JSON.parse(content), 'The policy');
  } catch (error) {
    if (error instanceof SyntaxError) throw malformedPolicy('The document is no valid JSON.');
    throw error;
  }
}

function recordOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw malformedPolicy(`${where} takes an object.`);
}

function isOperator(name: string): name is Operator {
  return OPERATORS.some((each) => each === name);
}

function isListName(name: string): name is ListName {
  return LISTS.some((each) => each === name);
}

/** What the levels below may still do, by what it is about; absent: everything. */
type Allowed = Map<string, ReadonlySet<string>>;

interface Draft {
  tag_key?: string;
  lists: Partial<Record<ListName, readonly string[]>>;
}

/**
 * Merges what is attached from the root down to the account. Operators that a level above does not leave to its
 * children have no effect.
 *
 * @param levels contents of policies, which {@link demandTagPolicy} let pass.
 */
export function effectiveTags(levels: readonly (readonly string[])[]): EffectiveTags {
  const drafts = new Map<string, Draft>();
  let allowed: Allowed = new Map();
  for (const level of levels) {
    const documents = level.map(parsed);
    for (const document of documents) mergeInto(drafts, document, allowed);
    allowed = documents.reduce(narrowed, allowed);
  }
  const made = [...drafts].map(([key, { tag_key = key, lists }]) => [key, { tag_key, ...lists }] as const);
  return Object.fromEntries(made);
}

function mergeInto(drafts: Map<string, Draft>, document: Fields, allowed: Allowed): void {
  for (const { key, name, tag } of tagsOf(document)) {
    const isNew = !drafts.has(key);
    if (isNew && !mayUse(allowed, ['tags', key], '@@assign')) continue;
    const draft: Draft = drafts.get(key) ?? { tag_key: name, lists: {} };
    drafts.set(key, draft);
    for (const [field, setting] of settingsIn(tag, key)) {
      for (const [operator, given] of settingsIn(setting as Fields, field)) {
        if (!mayUse(allowed, ['tags', key, `${key}/${field}`], operator)) continue;
        if (field === 'tag_key') draft.tag_key = given as string;
        else if (isListName(field)) {
          draft.lists[field] = applied(draft.lists[field] ?? [], operator, given as readonly string[]);
        }
      }
    }
  }
}

function applied(before: readonly string[], operator: string, given: readonly string[]): readonly string[] {
  if (operator === '@@assign') return [...new Set(given)];
  if (operator === '@@remove') return before.filter((each) => !given.includes(each));
  return [...new Set([...before, ...given])];
}

function tagsOf(document: Fields): readonly { key: string; name: string; tag: Fields }[] {
  const tags = settingsIn(document.tags as Fields, 'tags');
  return tags.map(([name, tag]) => ({ key: name.toLowerCase(), name, tag: tag as Fields }));
}

function mayUse(allowed: Allowed, places: readonly string[], operator: string): boolean {
  return places.every((place) => allowed.get(place)?.has(operator) ?? true);
}

/** A limit that was set above cannot be taken back. */
function narrowed(allowed: Allowed, document: Fields): Allowed {
  const next = new Map(allowed);
  const limit = (place: string, fields: Fields) => {
    const given = fields[CHILD_CONTROL] as readonly string[] | undefined;
    if (given === undefined || given.includes('@@all')) return;
    const before = next.get(place);
    next.set(place, new Set(given.filter((each) => before?.has(each) ?? true)));
  };
  limit('tags', document.tags as Fields);
  for (const { key, tag } of tagsOf(document)) {
    limit(key, tag);
    for (const [field, setting] of settingsIn(tag, key)) limit(`${key}/${field}`, setting as Fields);
  }
  return next;
}
