import { isStructure, type Member, type Shape } from '../wire/schema/shape.ts';

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';
/** Longest text that a record shows, and most items of a list. */
const TEXT_CHARACTERS = 10_240;
const LIST_ITEMS = 200;
const DEPTH = 24;

/**
 * Names that CloudTrail itself hides in every service, besides those that a service's model marks as
 * sensitive. Source: AWS CloudTrail User Guide, "CloudTrail record contents", and the record examples of
 * the services' own guides.
 */
const ALWAYS_HIDDEN: ReadonlySet<string> = new Set([
  'AuthenticationCode1',
  'AuthenticationCode2',
  'AuthToken',
  'Base32StringSeed',
  'CiphertextBlob',
  'ClientSecret',
  'MasterUserPassword',
  'NewPassword',
  'OldPassword',
  'Password',
  'PrivateKey',
  'PrivateKeyPlaintext',
  'QRCodePNG',
  'SAMLAssertion',
  'SecretAccessKey',
  'SecretBinary',
  'SecretString',
  'ServicePassword',
  'SessionToken',
  'TokenCode',
  'UserData',
  'WebIdentityToken',
]);

/** What of an input or output an audit record shows: lower camel case, secrets hidden, bounded. */
export function auditView(
  shape: Shape,
  value: unknown,
  hidden: readonly string[] = [],
): Record<string, unknown> | null {
  const view = viewOf(shape, value, '', hidden, 0);
  return typeof view === 'object' && view !== null && !isEmpty(view)
    ? (view as Record<string, unknown>)
    : null;
}

function isEmpty(view: object): boolean {
  for (const _name in view) return false;
  return true;
}

function viewOf(
  shape: Shape,
  value: unknown,
  path: string,
  hidden: readonly string[],
  depth: number,
): unknown {
  if (value === undefined || value === null || depth > DEPTH) return undefined;
  if (isStructure(shape)) return structureView(shape.members, value, path, hidden, depth);
  if (shape.kind === 'list' && Array.isArray(value)) {
    const { item } = shape;
    if (item.traits.sensitive) return HIDDEN;
    return value
      .slice(0, LIST_ITEMS)
      .map((each) => viewOf(item.shape, each, path, hidden, depth + 1) ?? null);
  }
  if (shape.kind === 'map' && typeof value === 'object') {
    const { value: held } = shape;
    if (held.traits.sensitive) return HIDDEN;
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, LIST_ITEMS)
        .map(([key, each]) => [key, viewOf(held.shape, each, path, hidden, depth + 1)]),
    );
  }
  return simpleView(value);
}

function structureView(
  members: readonly Member[],
  value: unknown,
  path: string,
  hidden: readonly string[],
  depth: number,
): Record<string, unknown> {
  const structure = value as Readonly<Record<string, unknown>>;
  const view: Record<string, unknown> = {};
  for (const { name, label, shape, secret } of shownMembers(members)) {
    const held = structure[name];
    if (held === undefined) continue;
    const at = path === '' ? name : `${path}.${name}`;
    view[label] = secret || hidden.includes(at) ? HIDDEN : viewOf(shape, held, at, hidden, depth + 1);
  }
  return view;
}

interface ShownMember {
  readonly name: string;
  readonly label: string;
  readonly shape: Shape;
  readonly secret: boolean;
}

const prepared = new WeakMap<readonly Member[], readonly ShownMember[]>();

/** What is the same for every value of a structure. */
function shownMembers(members: readonly Member[]): readonly ShownMember[] {
  const before = prepared.get(members);
  if (before) return before;
  const shown = members.map(({ name, shape, traits }) => ({
    name,
    label: lowerFirst(name),
    shape,
    secret: traits.sensitive !== undefined || ALWAYS_HIDDEN.has(name),
  }));
  prepared.set(members, shown);
  return shown;
}

function simpleView(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string' || value.length <= TEXT_CHARACTERS) return value;
  return `${value.slice(0, TEXT_CHARACTERS)}… (${value.length} characters)`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
