import { placeOf } from '../../kernel/source-file.ts';
import type { Drift, DriftReport } from '../../model/drift.ts';
import type { Resource } from '../../model/resource.ts';
import { referenceFrom, showUndecided, type Value, visit } from '../../model/value.ts';
import { variablesWithoutSecrets } from '../../sources/aws/redact.ts';
import type { Unanswered } from '../graph.ts';
import { resourceTypeFacts } from '../table/resource-table.ts';
import { aliasesOf } from './aliases.ts';
import { type Difference, overlay, withDeclaredReferences } from './overlay.ts';

export interface Joined {
  /** Declared resources as they really are, then what only the account has. */
  readonly resources: readonly Resource[];
  readonly report: DriftReport;
}

/** Which types the account was asked for, and which of them it did not answer. */
export interface Read {
  readonly asked: ReadonlySet<string>;
  readonly unanswered: Unanswered;
}

/**
 * Joins what is declared with what the account has: one resource for each thing, under its declared name, with
 * what is really there. Where the two contradict each other the difference is reported.
 */
export function joinLive(
  declared: readonly Resource[],
  live: readonly Resource[],
  { asked, unanswered }: Read,
): Joined {
  const own = declared.filter(({ external }) => !external);
  const aliases = aliasesOf(own, live);
  const declaredIds = new Map([...aliases].map(([id, { id: found }]) => [found, id]));
  const idOf = (found: string) => declaredIds.get(found);
  const apart = rulesApart(declared);
  const drifts: Drift[] = [];
  const merged = declared.map((resource) => {
    const found = aliases.get(resource.id);
    if (!found) {
      const read = asked.has(resource.type) && !unanswered.has(resource.type);
      if (read && isNameable(resource)) drifts.push(notThere(resource));
      return resource;
    }
    const { resource: real, differences } = overlay(resource, found, idOf, apart.get(resource.id) ?? NONE);
    for (const each of differences) drifts.push(differs(resource, found, each));
    return real;
  });
  const rest = live
    .filter(({ id }) => !declaredIds.has(id))
    .map((resource) => ({ ...resource, properties: withDeclaredReferences(resource.properties, idOf) }));
  return {
    resources: [...merged, ...rest],
    report: {
      drifts,
      joined: aliases.size,
      unrecognised: own.length - aliases.size,
      undeclared: rest.filter(({ exists }) => exists.is === 'yes').length,
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Rules that are declared as resources of their own show inside their group in the account. */
const APART: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroupIngress': 'SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress': 'SecurityGroupEgress',
  'AWS::IAM::Policy': 'Policies',
  'AWS::IAM::RolePolicy': 'Policies',
  'AWS::IAM::UserPolicy': 'Policies',
  'AWS::IAM::GroupPolicy': 'Policies',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyArns',
};

function rulesApart(declared: readonly Resource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const apart = new Map<string, Set<string>>();
  for (const resource of declared) {
    const property = APART[resource.type];
    if (property === undefined) continue;
    visit(resource.properties, (value) => {
      const target = referenceFrom(value)?.resource;
      if (target === undefined) return;
      const known = apart.get(target);
      if (known) known.add(property);
      else apart.set(target, new Set([property]));
    });
  }
  return apart;
}

/** Only what surely exists and carries a name of its own can be said not to be there. */
function isNameable(resource: Resource): boolean {
  const [property, ...more] = resourceTypeFacts(resource.type)?.identifier ?? [];
  if (property === undefined || more.length > 0 || resource.properties.kind !== 'map') return false;
  return resource.exists.is === 'yes' && resource.properties.entries.get(property)?.kind === 'known';
}

function notThere(resource: Resource): Drift {
  return {
    kind: 'not-there',
    resource: resource.id,
    type: resource.type,
    ...(resource.span.file.path ? { source: placeOf(resource.span) } : {}),
  };
}

function differs(resource: Resource, live: Resource, { property, declared, found }: Difference): Drift {
  return {
    kind: 'differs',
    resource: resource.id,
    type: resource.type,
    live: live.id,
    property,
    declared: shown(property, declared),
    found: shown(property, found),
    ...(declared.span.file.path ? { source: placeOf(declared.span) } : {}),
  };
}

const LONGEST = 120;

/** Single values are shown, none that its name or shape gives away as a secret; of a list only its length. */
function shown(name: string, value: Value): string {
  switch (value.kind) {
    case 'known':
      return (variablesWithoutSecrets({ [name]: value.value })[name] ?? '').slice(0, LONGEST);
    case 'list':
      return `[${value.items.length}]`;
    case 'map':
      return summary(value.entries);
    case 'absent':
      return '(not set)';
    default:
      return showUndecided(value);
  }
}

/** A map of single values is as good as one value: `Status: Enabled`. */
function summary(entries: ReadonlyMap<string, Value>): string {
  const parts = [...entries].map(
    ([name, value]) => `${name}: ${value.kind === 'known' && name !== 'UserData' ? shown(name, value) : '…'}`,
  );
  return parts.join(', ').slice(0, LONGEST);
}
