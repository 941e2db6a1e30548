import { child, type DocumentNode, stringOf } from '../../../kernel/document.ts';
import type { SourceFile, Span } from '../../../kernel/source-file.ts';
import { YES } from '../../../model/answer.ts';
import { known, list, map, stringFrom, type Value } from '../../../model/value.ts';
import { REDACTED, type TerraformResource } from '../terraform-resource.ts';
import { IdentityIndex } from './identities.ts';
import { valueOfNode } from './json-value.ts';
import { type ListedResource, listedResources, withoutIndexes } from './listed-resources.ts';
import { opened } from './pieces.ts';
import { PlanConfiguration } from './plan-configuration.ts';
import { coversAll, isSecret } from './sensitive.ts';

/** Resources as a plan (`terraform show -json PLAN`) says they will be. */
export function* planResources(root: DocumentNode, file: SourceFile): Iterable<TerraformResource> {
  const changes = changesByAddress(child(root, 'resource_changes'));
  const listed = plannedResources(root, changes, file);
  const identities = new IdentityIndex();
  for (const each of listed) identities.learn(each.type, each.address, opened(file, each.values));
  const configuration = new PlanConfiguration(
    child(child(root, 'configuration'), 'root_module'),
    file,
    instancesByAddress(listed),
  );
  const reader = new PlanReader({ file, changes, configuration, identities });
  for (const each of listed) yield reader.resource(each);
}

function changesByAddress(changes: DocumentNode | undefined): ReadonlyMap<string, DocumentNode> {
  const byAddress = new Map<string, DocumentNode>();
  for (const change of changes?.kind === 'list' ? changes.items : []) {
    const address = stringOf(child(change, 'address'));
    if (address !== undefined && child(change, 'deposed') === undefined) byAddress.set(address, change);
  }
  return byAddress;
}

/** The planned values; where a tool left them out, what the changes lead to. */
function plannedResources(
  root: DocumentNode,
  changes: ReadonlyMap<string, DocumentNode>,
  file: SourceFile,
): readonly ListedResource[] {
  const planned = child(child(root, 'planned_values'), 'root_module');
  if (planned) return listedResources(planned);
  return [...changes].flatMap(([address, change]): readonly ListedResource[] => {
    const content = opened(file, child(change, 'change'));
    const after = child(content, 'after');
    if (after?.kind !== 'map' || stringOf(child(change, 'mode')) !== 'managed') return [];
    return [
      {
        address,
        type: stringOf(child(change, 'type')) ?? '',
        module: stringOf(child(change, 'module_address')) ?? '',
        values: after,
        sensitive: child(content, 'after_sensitive'),
        dependsOn: [],
        node: change,
      },
    ];
  });
}

function instancesByAddress(listed: readonly ListedResource[]): ReadonlyMap<string, readonly string[]> {
  const byAddress = new Map<string, string[]>();
  for (const { address, module } of listed) {
    const local = address.slice(module === '' ? 0 : module.length + 1);
    const bare = `${module === '' ? '' : `${module}.`}${withoutIndexes(local)}`;
    const instances = byAddress.get(bare);
    if (instances) instances.push(address);
    else byAddress.set(bare, [address]);
  }
  return byAddress;
}

/** Arguments that are texts with gaps, never lists, when several things are referred to. */
const TEXT_ARGUMENT = /policy|definition|pattern|document|user_data|url|uri|name|description|value|endpoint/;

class PlanReader {
  readonly #file: SourceFile;
  readonly #changes: ReadonlyMap<string, DocumentNode>;
  readonly #configuration: PlanConfiguration;
  readonly #identities: IdentityIndex;

  constructor(parts: {
    file: SourceFile;
    changes: ReadonlyMap<string, DocumentNode>;
    configuration: PlanConfiguration;
    identities: IdentityIndex;
  }) {
    this.#file = parts.file;
    this.#changes = parts.changes;
    this.#configuration = parts.configuration;
    this.#identities = parts.identities;
  }

  resource(found: ListedResource): TerraformResource {
    const listed = { ...found, values: opened(this.#file, found.values) ?? found.values };
    const change = this.#changes.get(listed.address);
    const unknowns = child(opened(this.#file, child(change, 'change')), 'after_unknown');
    const local = listed.address.slice(listed.module === '' ? 0 : listed.module.length + 1);
    const modulePath = modulePathOf(listed.module);
    const context: ResourceContext = {
      type: listed.type,
      address: listed.address,
      expressions: this.#configuration.expressionsOf(modulePath, withoutIndexes(local)),
      asker: {
        modulePath,
        moduleAddress: listed.module,
        instance: local.slice(withoutIndexes(local).length),
      },
    };
    const attributes = new Map<string, Value>();
    const sensitive: string[] = [];
    for (const name of namesIn(listed.values, unknowns)) {
      const value = this.#attribute(listed, unknowns, name, context);
      if (value === undefined) continue;
      attributes.set(name, value);
      if (stringFrom(value) === REDACTED) sensitive.push(name);
    }
    const previous = stringOf(child(change, 'previous_address'));
    return {
      address: listed.address,
      type: listed.type,
      module: listed.module,
      attributes,
      span: this.#span(listed.node),
      exists: YES,
      dependsOn: listed.dependsOn,
      basis: 'plan',
      movedFrom: previous === undefined ? [] : [previous],
      preventDestroy: false,
      sensitive,
    };
  }

  #attribute(
    listed: ListedResource,
    unknowns: DocumentNode | undefined,
    name: string,
    context: ResourceContext,
  ): Value | undefined {
    const value = child(listed.values, name);
    const layers: Layers = {
      value,
      unknown: child(unknowns, name),
      sensitive: isSecret(listed.type, name) ? EVERYTHING : child(listed.sensitive, name),
      expression: child(context.expressions, name),
    };
    if (coversAll(layers.unknown) && !layers.expression) return undefined;
    return this.#combined(layers, name, context, listed.node);
  }

  #combined(layers: Layers, name: string, context: ResourceContext, owner: DocumentNode): Value {
    const { value } = layers;
    if (coversAll(layers.unknown)) {
      const span = this.#span(value ?? owner);
      const plural = !TEXT_ARGUMENT.test(name);
      return this.#configuration.unknownValue(layers.expression, context.asker, span, plural);
    }
    if (!value) return known(null, this.#span(owner));
    const isNull = value.kind === 'scalar' && value.value === null;
    if (coversAll(layers.sensitive) && !isNull) return known(REDACTED, this.#span(value));
    if (value.kind === 'list') return this.#list(layers, value.items, name, context, this.#span(value));
    if (value.kind === 'map') return this.#map(layers, value, context);
    const plain = valueOfNode(value, this.#file);
    const reference = this.#asReference(plain, layers.expression, context);
    return reference ?? this.#identities.resolve(plain, name, context.address);
  }

  #map(layers: Layers, value: DocumentNode, context: ResourceContext): Value {
    const whole = child(layers.expression, 'references') ? layers.expression : undefined;
    const entries = namesIn(value, layers.unknown).map((key): [string, Value] => {
      const inner: Layers = {
        value: child(value, key),
        unknown: child(layers.unknown, key),
        sensitive: child(layers.sensitive, key),
        expression: child(layers.expression, key) ?? whole,
      };
      return [key, this.#combined(inner, key, context, value)];
    });
    return map(new Map(entries), this.#span(value));
  }

  #list(
    layers: Layers,
    items: readonly DocumentNode[],
    name: string,
    context: ResourceContext,
    span: Span,
  ): Value {
    const { expression } = layers;
    const masks = itemsIn(layers.unknown);
    const open = masks.some(coversAll)
      ? this.#configuration.unknownValue(expression, context.asker, span, true)
      : known(null, span);
    const length = Math.max(items.length, masks.length);
    const aligned = open.kind === 'list' && open.items.length === length ? open.items : [];
    const values = Array.from({ length }, (_, index): Value => {
      if (coversAll(masks[index])) return aligned[index] ?? open;
      const value = items[index];
      if (!value) return known(null, span);
      const inner: Layers = {
        value,
        unknown: masks[index],
        sensitive: itemsIn(layers.sensitive)[index],
        expression:
          expression?.kind === 'list' ? (expression.items[index] ?? expression.items[0]) : expression,
      };
      return this.#combined(inner, name, context, value);
    });
    return list(values, span);
  }

  /** A known value that equals the attribute that its expression refers to is that reference. */
  #asReference(
    value: Value,
    expression: DocumentNode | undefined,
    context: ResourceContext,
  ): Value | undefined {
    const text = stringFrom(value);
    const hole =
      text === undefined ? undefined : this.#configuration.soleReference(expression, context.asker);
    if (!hole?.resource) return undefined;
    const address = hole.resource.slice('tf:'.length);
    const attribute = hole.expression.slice(address.length + 1);
    const identifying = hole.attribute !== attribute;
    if (!identifying || this.#identities.textOf(address, attribute) !== text) return undefined;
    return {
      kind: 'unknown',
      expression: hole.expression,
      why: 'after-deployment',
      parts: [hole],
      span: value.span,
    };
  }

  #span(node: { readonly start: number; readonly end: number }): Span {
    return { file: this.#file, start: node.start, end: node.end };
  }
}

/** What a plan says about one value in its different parts. */
interface Layers {
  readonly value: DocumentNode | undefined;
  /** Which of it is known after apply only. */
  readonly unknown: DocumentNode | undefined;
  readonly sensitive: DocumentNode | undefined;
  /** How the configuration writes it. */
  readonly expression: DocumentNode | undefined;
}

const EVERYTHING: DocumentNode = { kind: 'scalar', value: true, start: 0, end: 0 };

function itemsIn(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'list' ? node.items : [];
}

interface ResourceContext {
  readonly type: string;
  readonly address: string;
  readonly expressions: DocumentNode | undefined;
  readonly asker: { readonly modulePath: string; readonly moduleAddress: string; readonly instance: string };
}

function namesIn(...maps: readonly (DocumentNode | undefined)[]): readonly string[] {
  const names = new Set<string>();
  for (const each of maps) {
    if (each?.kind === 'map') for (const entry of each.entries) names.add(entry.key);
  }
  return [...names];
}

/** `module.a["x"].module.b` → `a.b`, as the configuration part names modules. */
function modulePathOf(module: string): string {
  return [...module.matchAll(/(?:^|\.)module\.([\w-]+)/g)].map((match) => match[1]).join('.');
}
