/**
 * A second, slow and plain evaluator of known policies, written from the documentation without any part
 * of the engine. It exists to disagree: random cases are decided by both.
 */

export interface ReferenceLayers {
  readonly identity?: readonly ReferencePolicy[];
  readonly boundary?: readonly ReferencePolicy[];
  readonly session?: readonly ReferencePolicy[];
  readonly serviceControl?: readonly (readonly ReferencePolicy[])[];
  readonly resource?: readonly ReferencePolicy[];
}

export interface ReferencePolicy {
  readonly Version?: string;
  readonly Statement: readonly ReferenceStatement[];
}

export interface ReferenceStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface ReferenceRequest {
  readonly caller: ReferenceCaller;
  readonly action: string;
  readonly resource: string;
  readonly owner: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Names from the account down to the caller itself. */
export interface ReferenceCaller {
  readonly account: string;
  readonly role?: string;
  readonly self: string;
  readonly username?: string;
}

/** Whether the request is allowed. */
export function referenceAllows(layers: ReferenceLayers, request: ReferenceRequest): boolean {
  const everything = [
    ...(layers.identity ?? []),
    ...(layers.boundary ?? []),
    ...(layers.session ?? []),
    ...(layers.serviceControl ?? []).flat(),
    ...(layers.resource ?? []),
  ];
  const bounded = layers.boundary !== undefined;
  if (everything.some((policy) => statementsThat('Deny', policy, request, bounded).length > 0)) return false;
  const allows = (policies: readonly ReferencePolicy[] | undefined) =>
    policies === undefined ||
    policies.some((policy) => statementsThat('Allow', policy, request, bounded).length > 0);
  if (!(layers.serviceControl ?? []).every((level) => allows(level))) return false;
  const limited = allows(layers.boundary) && allows(layers.session);
  const identity = layers.identity !== undefined && allows(layers.identity);
  const grants = (layers.resource ?? []).flatMap((policy) =>
    statementsThat('Allow', policy, request, bounded),
  );
  const to = (test: (statement: ReferenceStatement) => boolean) => grants.some(test);
  if (request.caller.account !== request.owner) return grants.length > 0 && identity && limited;
  if (to((statement) => namesDirectly(statement, request.caller))) return true;
  if (to((statement) => namesRole(statement, request.caller)) && limited) return true;
  return identity && limited;
}

function statementsThat(
  effect: string,
  policy: ReferencePolicy,
  request: ReferenceRequest,
  bounded: boolean,
): readonly ReferenceStatement[] {
  return policy.Statement.filter((statement) => {
    if (statement.Effect !== effect) return false;
    const variables = policy.Version === '2012-10-17';
    return (
      actionApplies(statement, request.action) &&
      resourceApplies(statement, request, variables) &&
      principalApplies(statement, request.caller, bounded) &&
      conditionsHold(statement, request, variables)
    );
  });
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function actionApplies(statement: ReferenceStatement, action: string): boolean {
  const like = (pattern: string) => wild(pattern.toLowerCase(), action.toLowerCase());
  return statement.NotAction === undefined
    ? many(statement.Action).some(like)
    : !many(statement.NotAction).some(like);
}

/** A pattern as characters, each marked as literal or not, after variables were filled in. */
type Marked = readonly { readonly character: string; readonly literal: boolean }[];

function mark(text: string, request: ReferenceRequest | undefined): Marked | undefined {
  const out: { character: string; literal: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const end = request !== undefined && text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    if (end < 0 || request === undefined) {
      out.push({ character: text[at] as string, literal: false });
      continue;
    }
    const [name, fallback] = text
      .slice(at + 2, end)
      .split(',')
      .map((piece) => piece.trim());
    const escaped = name === '*' || name === '?' || name === '$' ? name : undefined;
    const values = many(contextOf(request, name as string));
    const value = escaped ?? (values.length === 1 ? values[0] : fallback?.slice(1, -1));
    if (value === undefined) return undefined;
    for (const character of value) out.push({ character, literal: true });
    at = end;
  }
  return out;
}

function wildMarked(pattern: Marked, text: string): boolean {
  let reach = new Set([0]);
  for (const { character, literal } of pattern) {
    const next = new Set<number>();
    for (const at of reach) {
      if (!literal && character === '*') for (let to = at; to <= text.length; to += 1) next.add(to);
      else if (at < text.length && ((!literal && character === '?') || text[at] === character))
        next.add(at + 1);
    }
    reach = next;
  }
  return reach.has(text.length);
}

function wild(pattern: string, text: string): boolean {
  return wildMarked(
    [...pattern].map((character) => ({ character, literal: false })),
    text,
  );
}

/** `undefined` when the pattern has a variable without a value. */
function arnLike(pattern: string, arn: string, request: ReferenceRequest | undefined): boolean | undefined {
  if (pattern === '*') return true;
  const marked = mark(pattern, request);
  if (marked === undefined) return undefined;
  const given = cut([...arn].map((character) => ({ character, literal: true })));
  if (given.length < 6 || !arn.startsWith('arn:')) return wildMarked(marked, arn);
  const wanted = cut(marked);
  while (wanted.length < 6) wanted.push([{ character: '*', literal: false }]);
  return wanted.every((piece, index) => {
    const text = (given[index] ?? []).map((each) => each.character).join('');
    if (index !== 2) return wildMarked(piece, text);
    const lower = piece.map((each) => ({ ...each, character: each.character.toLowerCase() }));
    return wildMarked(lower, text.toLowerCase());
  });
}

function cut(marked: Marked): Marked[] {
  const pieces: { character: string; literal: boolean }[][] = [[]];
  for (const each of marked) {
    if (each.character === ':' && pieces.length < 6) pieces.push([]);
    else pieces.at(-1)?.push(each);
  }
  return pieces;
}

function resourceApplies(
  statement: ReferenceStatement,
  request: ReferenceRequest,
  variables: boolean,
): boolean {
  const source = variables ? request : undefined;
  const results = many(statement.Resource ?? statement.NotResource).map((pattern) =>
    arnLike(pattern, request.resource, source),
  );
  if (statement.Resource !== undefined) return results.includes(true);
  if (statement.NotResource === undefined) return true;
  if (statement.Effect === 'Allow' && results.includes(undefined)) return false;
  return !results.includes(true);
}

function listsName(element: ReferenceStatement['Principal'], name: string, account: string): boolean {
  if (element === '*') return true;
  const isAccount = name === `arn:aws:iam::${account}:root`;
  return many(element?.AWS).some((each) => each === '*' || each === name || (isAccount && each === account));
}

function namesOf(caller: ReferenceCaller): readonly string[] {
  return [`arn:aws:iam::${caller.account}:root`, ...(caller.role ? [caller.role] : []), caller.self];
}

function principalApplies(statement: ReferenceStatement, caller: ReferenceCaller, bounded: boolean): boolean {
  if (statement.NotPrincipal !== undefined) {
    if (statement.Effect === 'Deny' && bounded) return true;
    const listed = namesOf(caller).map((name) => listsName(statement.NotPrincipal, name, caller.account));
    return statement.Effect === 'Deny' ? !listed.every(Boolean) : !listed.some(Boolean);
  }
  if (statement.Principal === undefined) return true;
  return namesOf(caller).some((name) => listsName(statement.Principal, name, caller.account));
}

function namesDirectly(statement: ReferenceStatement, caller: ReferenceCaller): boolean {
  return statement.NotPrincipal !== undefined || listsName(statement.Principal, caller.self, caller.account);
}

function namesRole(statement: ReferenceStatement, caller: ReferenceCaller): boolean {
  return caller.role !== undefined && listsName(statement.Principal, caller.role, caller.account);
}

function contextOf(request: ReferenceRequest, name: string): string | readonly string[] | undefined {
  for (const [key, value] of Object.entries(request.context)) {
    if (key.toLowerCase() === name.toLowerCase())
      return value.length === 0 && typeof value !== 'string' ? undefined : value;
  }
  if (name.toLowerCase() === 'aws:username') return request.caller.username;
  if (name.toLowerCase() === 'aws:principalarn') return request.caller.role ?? request.caller.self;
  return undefined;
}

function conditionsHold(
  statement: ReferenceStatement,
  request: ReferenceRequest,
  variables: boolean,
): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      conditionHolds(
        operator,
        many(values),
        contextOf(request, key),
        statement.Effect,
        variables ? request : undefined,
      ),
    ),
  );
}

function conditionHolds(
  operator: string,
  wanted: readonly string[],
  context: string | readonly string[] | undefined,
  effect: string,
  source: ReferenceRequest | undefined,
): boolean {
  const colon = operator.indexOf(':');
  const qualifier = colon < 0 ? '' : operator.slice(0, colon);
  const optional = operator.endsWith('IfExists');
  const name = operator.slice(colon + 1, optional ? -'IfExists'.length : undefined);
  if (name === 'Null') return wanted.includes(String(context === undefined));
  const negated = name.includes('Not');
  const positive = name.replace('Not', '');
  if (context === undefined) {
    if (optional || qualifier === 'ForAllValues') return true;
    return qualifier === '' && negated;
  }
  const single = (given: string): boolean => {
    const results = wanted.map((each) => compare(positive, each, given, source));
    if (!negated) return results.includes(true);
    if (effect === 'Allow' && results.includes(undefined)) return false;
    return !results.includes(true);
  };
  const given = many(context);
  if (qualifier === 'ForAllValues') return (given.length === 1 && given[0] === '') || given.every(single);
  if (qualifier === 'ForAnyValue') return given.some(single);
  return negated ? given.every(single) : given.some(single);
}

/** `undefined` when the policy's value means nothing. */
function compare(
  name: string,
  wanted: string,
  given: string,
  source: ReferenceRequest | undefined,
): boolean | undefined {
  const numbers = [numberIn(given), numberIn(wanted)] as const;
  switch (name) {
    case 'StringEquals':
    case 'StringEqualsIgnoreCase': {
      const marked = mark(wanted, source);
      if (marked === undefined) return undefined;
      const text = marked.map((each) => each.character).join('');
      return name === 'StringEquals' ? text === given : text.toLowerCase() === given.toLowerCase();
    }
    case 'StringLike': {
      const marked = mark(wanted, source);
      return marked === undefined ? undefined : wildMarked(marked, given);
    }
    case 'ArnEquals':
    case 'ArnLike': {
      const pieces = given.split(':');
      if (pieces.length < 6 || pieces[0] !== 'arn') return false;
      return arnLike(wanted, given, source);
    }
    case 'NumericEquals':
      return Number.isNaN(numbers[1]) ? undefined : numbers[0] === numbers[1];
    case 'NumericLessThan':
      return Number.isNaN(numbers[1]) ? undefined : numbers[0] < numbers[1];
    case 'NumericGreaterThanEquals':
      return Number.isNaN(numbers[1]) ? undefined : numbers[0] >= numbers[1];
    case 'Bool':
      return ['true', 'false'].includes(wanted) ? wanted === given.toLowerCase() : undefined;
    default:
      throw new Error(`the reference does not know ${name}`);
  }
}

function numberIn(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}
