import { child, type DocumentNode, type MapEntry, stringOf } from '../../../kernel/document.ts';
import type { SourceFile, Span } from '../../../kernel/source-file.ts';
import { type Hole, list, map, type Value } from '../../../model/value.ts';
import { undecidedAt, valueFromParts } from '../evaluate/values.ts';
import { idOf } from '../terraform-resource.ts';
import { policyDocumentText } from '../translate/policy-document.ts';
import { ATTRIBUTE_NAMES } from '../types/registry.ts';
import { valueOfNode } from './json-value.ts';
import { opened } from './pieces.ts';

/** Where an expression of the configuration is asked about. */
interface Asker {
  /** The configuration's module path, such as `vpc.subnets`; empty for the root. */
  readonly modulePath: string;
  /** The address of the module instance, such as `module.vpc[0]`. */
  readonly moduleAddress: string;
  /** The index or key of the resource instance, as in the address: `[0]`, `["a"]` or nothing. */
  readonly instance: string;
}

const DEEPEST_REFERENCE = 24;

/**
 * The `configuration` part of a plan: what each argument was written as. It says what a value that is
 * only known after apply refers to.
 */
export class PlanConfiguration {
  readonly #file: SourceFile;
  readonly #modules = new Map<string, DocumentNode>();
  readonly #resources = new Map<string, DocumentNode>();
  readonly #instances: ReadonlyMap<string, readonly string[]>;

  /** `instances`: the addresses of each resource's instances by its address without indexes. */
  constructor(
    root: DocumentNode | undefined,
    file: SourceFile,
    instances: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#file = file;
    this.#instances = instances;
    if (root) this.#index(root, '');
  }

  #index(module: DocumentNode, path: string): void {
    this.#modules.set(path, module);
    for (const resource of itemsIn(child(module, 'resources'))) {
      const address = stringOf(child(resource, 'address'));
      if (address !== undefined) this.#resources.set(`${path}|${address}`, resource);
    }
    for (const call of entriesIn(child(module, 'module_calls'))) {
      const inner = child(call.value, 'module');
      if (inner) this.#index(inner, path === '' ? call.key : `${path}.${call.key}`);
    }
  }

  /** The expressions of a resource's arguments. */
  expressionsOf(modulePath: string, resource: string): DocumentNode | undefined {
    return opened(this.#file, child(this.#resources.get(`${modulePath}|${resource}`), 'expressions'));
  }

  /** What an argument that is known after apply is, as far as its references tell. */
  unknownValue(expression: DocumentNode | undefined, asker: Asker, span: Span, plural: boolean): Value {
    const whole = this.#policyOf(expression, asker, span);
    if (whole) return whole;
    const holes = this.#holes(expression, asker, 0);
    if (holes.length === 0)
      return { ...undecidedAt(span, 'after-deployment'), expression: shownReferences(expression) };
    const one = (hole: Hole): Value =>
      ({
        ...valueFromParts([hole], 'after-deployment', span),
        ...{ expression: hole.expression },
      }) as Value;
    const [only] = holes;
    if (holes.length === 1 && only) return one(only);
    if (plural && holes.every((hole) => hole.type === 'reference')) return list(holes.map(one), span);
    const joined = valueFromParts(holes, 'after-deployment', span);
    return joined.kind === 'unknown' ? { ...joined, expression: shownReferences(expression) } : joined;
  }

  /** The one resource that an argument refers to, when it refers to nothing else. */
  soleReference(expression: DocumentNode | undefined, asker: Asker): Hole | undefined {
    const holes = this.#holes(expression, asker, 0);
    return holes.length === 1 && holes[0]?.type === 'reference' ? holes[0] : undefined;
  }

  #policyOf(expression: DocumentNode | undefined, asker: Asker, span: Span): Value | undefined {
    const [reference] = referencesOf(expression);
    const match = /^(data\.aws_iam_policy_document\.[\w-]+)(?:\[[^\]]*\])?\.(?:minified_)?json$/.exec(
      reference ?? '',
    );
    const expressions = match?.[1] && this.expressionsOf(asker.modulePath, match[1]);
    if (!expressions) return undefined;
    return policyDocumentText(this.#configured(expressions, asker, span));
  }

  /** A configuration expression as a value: constants as they are, references as gaps. */
  #configured(node: DocumentNode, asker: Asker, span: Span): Value {
    const constant = child(node, 'constant_value');
    if (constant) return valueOfNode(constant, this.#file);
    if (child(node, 'references')) return this.unknownValue(node, asker, span, true);
    if (node.kind === 'list') {
      return list(
        node.items.map((item) => this.#configured(item, asker, span)),
        span,
      );
    }
    const entries = entriesIn(node).map((entry): [string, Value] => [
      entry.key,
      this.#configured(entry.value, asker, span),
    ]);
    return map(new Map(entries), span);
  }

  #holes(expression: DocumentNode | undefined, asker: Asker, depth: number): readonly Hole[] {
    if (depth > DEEPEST_REFERENCE) return [];
    const holes = mostSpecific(referencesOf(expression)).flatMap((reference) =>
      this.#resolve(reference, asker, depth),
    );
    const seen = new Set<string>();
    return holes.filter((hole) => {
      const key = `${hole.resource ?? hole.expression} ${hole.attribute ?? ''}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }

  #resolve(reference: string, asker: Asker, depth: number): readonly Hole[] {
    const [root = '', second = ''] = reference.split('.');
    if (root === 'var') return this.#variable(second.replace(/\[.*$/, ''), asker, depth);
    if (root === 'module') return this.#output(reference, asker, depth);
    if (root === 'count' || root === 'each' || root === 'path' || root === 'terraform') return [];
    if (root === 'local' || root === 'self') return [{ type: 'other', expression: reference }];
    if (root === 'data') return [dataHole(reference, asker)];
    return this.#resource(reference, asker);
  }

  #resource(reference: string, asker: Asker): readonly Hole[] {
    const match = /^([\w-]+\.[\w-]+)(\[[^\]]*\])?(?:\.([\w-]+))?/.exec(reference);
    const local = match?.[1];
    if (!local) return [{ type: 'other', expression: reference }];
    const address = asker.moduleAddress === '' ? local : `${asker.moduleAddress}.${local}`;
    const type = local.slice(0, local.indexOf('.'));
    const attribute = ATTRIBUTE_NAMES.any(type, match[3] ?? 'id');
    return this.#chosen(address, match[2], asker).map((chosen) => ({
      type: 'reference',
      expression: match[3] ? `${chosen}.${match[3]}` : chosen,
      resource: idOf(chosen),
      attribute,
    }));
  }

  /** The instances meant: the one that is named, else the one with the asker's own index, else all. */
  #chosen(address: string, index: string | undefined, asker: Asker): readonly string[] {
    const instances = this.#instances.get(address) ?? [];
    const exact = index === undefined ? undefined : instances.find((each) => each === address + index);
    if (exact) return [exact];
    const own =
      asker.instance === '' ? undefined : instances.find((each) => each === address + asker.instance);
    if (own) return [own];
    return instances.length > 0 ? instances : [address];
  }

  #variable(name: string, asker: Asker, depth: number): readonly Hole[] {
    const at = asker.modulePath.lastIndexOf('.');
    const parentPath = at < 0 ? '' : asker.modulePath.slice(0, at);
    const call = asker.modulePath.slice(at + 1);
    if (asker.modulePath === '') return [{ type: 'parameter', expression: `var.${name}` }];
    const parent = this.#modules.get(parentPath);
    const passedAll = opened(this.#file, child(child(child(parent, 'module_calls'), call), 'expressions'));
    const passed = child(passedAll, name);
    const dot = lastModule(asker.moduleAddress);
    const outer: Asker = {
      modulePath: parentPath,
      moduleAddress: dot.parent,
      instance: dot.instance,
    };
    return passed ? this.#holes(passed, outer, depth + 1) : [];
  }

  #output(reference: string, asker: Asker, depth: number): readonly Hole[] {
    const match = /^module\.([\w-]+)(\[[^\]]*\])?(?:\.([\w-]+))?/.exec(reference);
    const [, call = '', index = '', output] = match ?? [];
    const modulePath = asker.modulePath === '' ? call : `${asker.modulePath}.${call}`;
    const expression =
      output && child(child(child(this.#modules.get(modulePath), 'outputs'), output), 'expression');
    if (!expression) return [{ type: 'other', expression: reference }];
    const local = `module.${call}${index}`;
    const moduleAddress = asker.moduleAddress === '' ? local : `${asker.moduleAddress}.${local}`;
    return this.#holes(expression, { modulePath, moduleAddress, instance: '' }, depth + 1);
  }
}

function itemsIn(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function entriesIn(node: DocumentNode | undefined): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

function referencesOf(expression: DocumentNode | undefined): readonly string[] {
  return itemsIn(child(expression, 'references')).flatMap((item) => stringOf(item) ?? []);
}

/** Terraform lists `a.b.c` and then its prefixes `a.b`; only the longest says something. */
function mostSpecific(references: readonly string[]): readonly string[] {
  return references.filter(
    (each) =>
      !references.some(
        (other) => other !== each && (other.startsWith(`${each}.`) || other.startsWith(`${each}[`)),
      ),
  );
}

function shownReferences(expression: DocumentNode | undefined): string {
  return mostSpecific(referencesOf(expression)).join(', ') || '(known after apply)';
}

function dataHole(reference: string, asker: Asker): Hole {
  const [, type = '', , attribute = ''] = reference.split('.');
  const kinds: Readonly<Record<string, Hole['type']>> = {
    aws_caller_identity: 'account',
    aws_region: 'region',
    aws_partition: 'partition',
    aws_availability_zones: 'zone',
  };
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const suffix = kind === 'zone' ? asker.instance : '';
  if (kind) return { type: kind, expression: `${reference}${suffix}` };
  const address = reference.split('.').slice(0, 3).join('.');
  const full = asker.moduleAddress === '' ? address : `${asker.moduleAddress}.${address}`;
  return {
    type: 'reference',
    expression: reference,
    resource: idOf(full),
    attribute: ATTRIBUTE_NAMES.any(type, attribute || 'id'),
  };
}

/** The address of the module around the last one, and the last one's own index. */
function lastModule(address: string): { parent: string; instance: string } {
  const match = /^(?:(.*)\.)?module\.[\w-]+(\[[^\]]*\])?$/.exec(address);
  return { parent: match?.[1] ?? '', instance: match?.[2] ?? '' };
}
