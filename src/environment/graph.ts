import type { SourceFile, Span } from '../kernel/source-file.ts';
import { YES } from '../model/answer.ts';
import type { Declaration } from '../model/declaration.ts';
import type { KeyFact } from '../model/key-fact.ts';
import {
  ACCOUNT_ID,
  ACCOUNT_TYPE,
  EXTERNAL_TYPE,
  isStandIn,
  REGION_ID,
  REGION_TYPE,
  type Resource,
  regionId,
} from '../model/resource.ts';
import { map, referenceFrom, stringFrom, type Value, visit } from '../model/value.ts';

/** One reference from a property of one resource to another resource. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Property path, such as `VpcConfig.SubnetIds.0`. */
  readonly path: string;
  /** `Ref` or the attribute's name. */
  readonly attribute: string;
}

/** A reference that is written as a name or an ARN, with the value that is written. */
export interface Join {
  readonly value: Value;
  readonly edge: Edge;
}

/** What holds for the environment as a whole. */
export interface EnvironmentFacts {
  readonly name: string;
  readonly declaration: Declaration;
  /** ISO 8601: when the facts were read. */
  readonly asOf: string;
  /** The regions of an account that were read; several of them are told apart. */
  readonly regions?: readonly string[];
  /** Types that were asked for and not answered, with the regions (`global`, or `*` for everywhere). */
  readonly unanswered?: Unanswered;
  /** Keys of a KMS that cannot be used, or soon no more, as that KMS says. */
  readonly keys?: readonly KeyFact[];
}

export type Unanswered = ReadonlyMap<string, ReadonlySet<string>>;

/** What was computed, and which of the types it looked for could not be read. */
export interface Recorded<T> {
  readonly value: T;
  readonly missing: readonly string[];
}

/**
 * The resources of one environment and the references between them. Built once, never changed;
 * questions about it are answered from indexes.
 */
export class ResourceGraph {
  readonly facts: EnvironmentFacts;
  readonly resources: readonly Resource[];
  readonly #byId = new Map<string, Resource>();
  readonly #byType = new Map<string, Resource[]>();
  readonly #byName = new Map<string, Resource[]>();
  readonly #out = new Map<string, Edge[]>();
  readonly #in = new Map<string, Edge[]>();
  readonly #joined = new Map<Value, string>();
  readonly #memo = new Map<unknown, { readonly value: unknown; readonly asked: ReadonlySet<string> }>();
  readonly #joins: readonly Join[];
  readonly #views = new Map<string, ResourceGraph>();
  /** The types that are being asked for; only kept where some could not be read. */
  #asked: Set<string> | undefined;

  /** @param joins references that resources make without saying so (`literalJoins`) */
  constructor(facts: EnvironmentFacts, resources: readonly Resource[], joins: readonly Join[] = []) {
    this.facts = facts;
    this.#joins = joins;
    const all = new Map(resources.map((resource) => [resource.id, resource]));
    const placed = resources.some(({ type }) => type === REGION_TYPE);
    for (const pseudo of pseudoResources(placed ? undefined : (facts.regions ?? []))) {
      if (!all.has(pseudo.id)) all.set(pseudo.id, pseudo);
    }
    for (const resource of [...all.values()]) {
      for (const edge of edgesOf(resource)) {
        if (!all.has(edge.to)) all.set(edge.to, externalResource(edge.to, resource.span));
        push(this.#out, edge.from, edge);
        push(this.#in, edge.to, edge);
      }
    }
    for (const { value, edge } of joins) {
      this.#joined.set(value, edge.to);
      push(this.#out, edge.from, edge);
      push(this.#in, edge.to, edge);
    }
    this.#byId = all;
    this.resources = [...all.values()];
    for (const resource of this.resources) {
      push(this.#byType, resource.type, resource);
      for (const name of physicalNames(resource)) push(this.#byName, name, resource);
    }
  }

  get(id: string): Resource | undefined {
    return this.#byId.get(id);
  }

  get account(): Resource {
    return this.#require(ACCOUNT_ID);
  }

  /** The region; the first one where there are several. */
  get region(): Resource {
    return this.regions[0] ?? this.#require(REGION_ID);
  }

  /** The nodes of regions: one, unless an account was read in several. */
  get regions(): readonly Resource[] {
    return this.#byType.get(REGION_TYPE) ?? [];
  }

  /** The nodes of the regions that some resources stand in; all of them for what belongs to none. */
  regionsOf(places: readonly Resource[]): readonly Resource[] {
    const names = new Set(places.map((place) => place.region));
    const named = this.regions.filter(({ name }) => names.has(name));
    return named.length > 0 ? named : this.regions;
  }

  /**
   * What a resource is to be judged by: the whole graph, or, where an account was read in several regions,
   * its own region with what belongs to none. One region's settings never speak for another's.
   */
  viewOf(resource: Resource): ResourceGraph {
    const name = resource.type === REGION_TYPE ? resource.name : resource.region;
    if (name === undefined || this.regions.length < 2) return this;
    const known = this.#views.get(name);
    if (known) return known;
    const inside = this.resources.filter(
      (each) => !each.external && each.type !== REGION_TYPE && (each.region ?? name) === name,
    );
    const node = this.regions.filter((each) => each.name === name);
    const ids = new Set(inside.map(({ id }) => id));
    const joins = this.#joins.filter(({ edge }) => ids.has(edge.from) && ids.has(edge.to));
    const view = new ResourceGraph({ ...this.facts, regions: [name] }, [...inside, ...node], joins);
    this.#views.set(name, view);
    return view;
  }

  /** Computes something and tells which of the types that it looked for could not be read here. */
  record<T>(compute: () => T): Recorded<T> {
    const { unanswered } = this.facts;
    if (!unanswered || unanswered.size === 0) return { value: compute(), missing: [] };
    const { value, asked } = this.#recorded(compute);
    return { value, missing: [...asked].filter((type) => this.#isUnanswered(type)).sort() };
  }

  #isUnanswered(type: string): boolean {
    const where = this.facts.unanswered?.get(type);
    const regions = this.facts.regions ?? [];
    return where !== undefined && ['*', 'global', ...regions].some((region) => where.has(region));
  }

  #recorded<T>(compute: () => T): { readonly value: T; readonly asked: ReadonlySet<string> } {
    const outer = this.#asked;
    const asked = new Set<string>();
    this.#asked = asked;
    try {
      return { value: compute(), asked };
    } finally {
      this.#asked = outer;
      for (const type of asked) outer?.add(type);
    }
  }

  #ask(types: readonly string[]): void {
    if (this.#asked) for (const type of types) this.#asked.add(type);
  }

  #require(id: string): Resource {
    const resource = this.#byId.get(id);
    if (!resource) throw new Error(`the graph has no ${id}`);
    return resource;
  }

  /** The resources of the given types, in the order they were read. */
  ofType(...types: readonly string[]): readonly Resource[] {
    this.#ask(types);
    if (types.length === 1) return this.#byType.get(types[0] ?? '') ?? [];
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /** References that a resource's properties make. */
  references(resource: Resource): readonly Edge[] {
    return this.#out.get(resource.id) ?? [];
  }

  /** References to a resource, with the resources that make them. */
  referrers(resource: Resource): readonly { readonly edge: Edge; readonly resource: Resource }[] {
    return (this.#in.get(resource.id) ?? []).flatMap((edge) => {
      const from = this.#byId.get(edge.from);
      return from ? [{ edge, resource: from }] : [];
    });
  }

  /** The resources of a type that refer to a resource, each once. */
  referrersOfType(resource: Resource, ...types: readonly string[]): readonly Resource[] {
    this.#ask(types);
    const found = this.referrers(resource).filter(({ resource: from }) => types.includes(from.type));
    return [...new Set(found.map(({ resource: from }) => from))];
  }

  /** The resource that a value refers to: by reference, or by a literal name or ARN that a resource declares. */
  target(value: Value): Resource | undefined {
    const reference = referenceFrom(value);
    if (reference) return this.#byId.get(reference.resource);
    const joined = this.#joined.get(value);
    if (joined !== undefined) return this.#byId.get(joined);
    const name = stringFrom(value);
    const named = name === undefined ? undefined : this.#byName.get(name);
    return named?.length === 1 ? named[0] : undefined;
  }

  /** Computes something about this graph once and keeps it; the key is the function itself. */
  memo<T>(compute: (graph: ResourceGraph) => T): T {
    const known = this.#memo.get(compute);
    if (known) {
      this.#ask([...known.asked]);
      return known.value as T;
    }
    const kept = this.facts.unanswered ? this.#recorded(() => compute(this)) : unrecorded(compute(this));
    this.#memo.set(compute, kept);
    return kept.value;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

function unrecorded<T>(value: T) {
  return { value, asked: NOTHING };
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}

function edgesOf(resource: Resource): readonly Edge[] {
  const edges: Edge[] = [];
  visit(resource.properties, (value, path) => {
    if (value.kind !== 'unknown') return;
    for (const part of value.parts ?? []) {
      if (typeof part === 'string' || part.resource === undefined || part.resource === resource.id) continue;
      edges.push({
        from: resource.id,
        to: part.resource,
        path: path.join('.'),
        attribute: part.attribute ?? 'Ref',
      });
    }
  });
  return edges;
}

/** Properties that give a resource the name by which others may call it literally. */
const NAME_PROPERTIES = [
  'BucketName',
  'DBInstanceIdentifier',
  'RoleName',
  'GroupName',
  'KeyId',
  'Arn',
  'TopicName',
  'QueueName',
];

function physicalNames(resource: Resource): readonly string[] {
  const properties = resource.properties;
  if (properties.kind !== 'map') return [];
  return NAME_PROPERTIES.flatMap((property) => {
    const value = properties.entries.get(property);
    const name = value ? stringFrom(value) : undefined;
    return name === undefined ? [] : [name];
  });
}

const NOWHERE: SourceFile = { path: '', text: '' };
const NO_SPAN: Span = { file: NOWHERE, start: 0, end: 0 };

/** @param regions undefined where the regions are among the resources already */
function pseudoResources(regions: readonly string[] | undefined): readonly Resource[] {
  const account = pseudo(ACCOUNT_ID, ACCOUNT_TYPE, 'account');
  if (!regions) return [account];
  if (regions.length < 2) return [account, pseudo(REGION_ID, REGION_TYPE, 'region')];
  return [account, ...regions.map((name) => pseudo(regionId(name), REGION_TYPE, name))];
}

function pseudo(id: string, type: string, name: string): Resource {
  return {
    id,
    type,
    name,
    stack: '',
    properties: map(new Map(), NO_SPAN),
    span: NO_SPAN,
    basis: 'declared',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}

function externalResource(id: string, span: Span): Resource {
  return {
    id,
    type: EXTERNAL_TYPE,
    name: id.slice(id.lastIndexOf('/') + 1),
    stack: '',
    properties: map(new Map(), span),
    span,
    basis: 'template',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: true,
  };
}

/** Whether a resource was declared in what was read (not a pseudo resource, not an external one). */
export function isDeclared(resource: Resource): boolean {
  return !resource.external && !resource.type.startsWith('Account::');
}

/** Whether a resource was really read: declared, and not what stands for those that could not be. */
export function isRead(resource: Resource): boolean {
  return isDeclared(resource) && !isStandIn(resource.id);
}
