import { posix } from 'node:path';
import type { Span } from '../../../kernel/source-file.ts';
import { text } from '../../../kernel/texts.ts';
import { type Answer, all } from '../../../model/answer.ts';
import { known, list, map, unknown, type Value } from '../../../model/value.ts';
import { configured, configuredNames } from '../evaluate/bodies.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { LazyEntries } from '../evaluate/lazy-entries.ts';
import { type Instance, type Repetition, repetitionOf } from '../evaluate/repetition.ts';
import { ResourceEntries, undeclaredResource } from '../evaluate/resource-entries.ts';
import { type Scope, scopeOf } from '../evaluate/scope.ts';
import { expressionText, referenceTo, undecidedAt } from '../evaluate/values.ts';
import type { ModuleFiles } from '../functions/function.ts';
import type { Block } from '../hcl/syntax.ts';
import { noteAt, type Report } from '../notes.ts';
import { idOf } from '../terraform-resource.ts';
import { type AttributeNames, dataAttribute } from './data-sources.ts';
import type { ModuleSource } from './source.ts';
import { variableValue } from './variables.ts';

/** What a module needs from the configuration around it. */
export interface ModuleSurroundings {
  readonly files: ModuleFiles;
  readonly workspace: string;
  readonly report: Report;
  /** The CloudFormation attribute that an attribute of a resource type is, where it identifies the resource. */
  readonly attributeNames: AttributeNames;
  /** The region of the provider, or undefined. */
  readonly region: () => Value | undefined;
  /** Opens the module that a call names; undefined when it cannot be read (which is reported). */
  readonly open: (call: Block, caller: ModuleInstance, instance: Instance) => ModuleInstance | undefined;
}

/** A resource or data block with its instances. */
export interface DeclaredResource {
  readonly block: Block;
  /** The address without the instance's key. */
  readonly address: string;
  readonly type: string;
  readonly repetition: Repetition;
}

/** One instance of a module: its names can be looked up, its resources and outputs asked for. */
export class ModuleInstance {
  readonly source: ModuleSource;
  /** `module.web["a"]`, or empty for the root module. */
  readonly address: string;
  readonly exists: Answer;
  readonly scope: Scope;
  /** Folders of the modules that lead here, itself included: a module must not call itself. */
  readonly chain: readonly string[];
  readonly #surroundings: ModuleSurroundings;
  readonly #passed: (name: string) => Value | undefined;
  readonly #roots: LazyEntries;
  readonly #resources = new Map<string, DeclaredResource>();
  readonly #children = new Map<
    string,
    { repetition: Repetition; modules: readonly (ModuleInstance | undefined)[] }
  >();

  constructor(options: {
    source: ModuleSource;
    address: string;
    exists: Answer;
    chain: readonly string[];
    surroundings: ModuleSurroundings;
    passed: (name: string) => Value | undefined;
  }) {
    this.source = options.source;
    this.address = options.address;
    this.exists = options.exists;
    this.chain = [...options.chain, options.source.folder];
    this.#surroundings = options.surroundings;
    this.#passed = options.passed;
    this.scope = scopeOf((name) => this.#roots.get(name), options.surroundings.files);
    this.#roots = new LazyEntries({
      names: () => [],
      compute: (name) => this.#root(name),
      onCycle: () => undefined,
    });
  }

  /** Every resource and data source of this module (not of the modules it calls). */
  resources(): readonly DeclaredResource[] {
    return this.source.resources.map((block) => this.#declared(block));
  }

  /** The instances of every module that this one calls and that can be read. */
  children(): readonly ModuleInstance[] {
    return [...this.source.calls.keys()].flatMap((name) =>
      this.#called(name).modules.flatMap((module) => (module ? [module] : [])),
    );
  }

  /** The value of an output, or undefined when the module has none of that name. */
  output(name: string): Value | undefined {
    const attribute = this.source.outputs.get(name)?.body.attributes.get('value');
    return attribute && evaluate(attribute.value, this.scope);
  }

  addressOf(local: string): string {
    return this.address === '' ? local : `${this.address}.${local}`;
  }

  #here(): Span {
    const [first] = this.source.resources;
    return first?.span ?? { file: { path: this.source.folder, text: '' }, start: 0, end: 0 };
  }

  #root(name: string): Value | undefined {
    switch (name) {
      case 'var':
        return this.#entries([...this.source.variables.keys()], (each) => this.#variable(each));
      case 'local':
        return this.#entries([...this.source.locals.keys()], (each) => {
          const attribute = this.source.locals.get(each);
          return attribute && evaluate(attribute.value, this.scope);
        });
      case 'module':
        return this.#entries([...this.source.calls.keys()], (each) => this.#moduleValue(each));
      case 'data':
        return this.#entries([], (type) => this.#typeValue('data', type));
      case 'path':
        return this.#paths();
      case 'terraform':
        return map(new Map([['workspace', known(this.#surroundings.workspace, this.#here())]]), this.#here());
      case 'ephemeral':
        return this.#fetched();
      case 'self':
      case 'each':
      case 'count':
        return undefined;
      default:
        return this.#typeValue('resource', name);
    }
  }

  /** What ephemeral resources give is fetched while Terraform runs and kept nowhere. */
  #fetched(): Value {
    const part = { type: 'other' as const, expression: 'ephemeral' };
    return unknown('ephemeral', 'dynamic-reference', this.#here(), [part]);
  }

  #paths(): Value {
    const here = this.#here();
    const root = this.chain[0] ?? '.';
    const module = posix.relative(root, this.source.folder) || '.';
    return map(
      new Map([
        ['module', known(module, here)],
        ['root', known('.', here)],
      ]),
      here,
    );
  }

  #entries(names: readonly string[], compute: (name: string) => Value | undefined): Value {
    const entries = new LazyEntries({ names: () => names, compute, onCycle: (name) => this.#cycle(name) });
    return map(entries, this.#here());
  }

  #cycle(name: string): Value {
    const declared = this.source.locals.get(name) ?? this.source.variables.get(name);
    const span = declared?.span ?? this.source.calls.get(name)?.span ?? this.#here();
    this.#surroundings.report(
      noteAt(
        'input',
        span.file.path,
        span,
        text(`"${name}" refers to itself through others`, `「${name}」が巡り巡って自分自身を参照しています`),
        text('break the cycle of references', '参照の循環を断ってください'),
      ),
    );
    return undecidedAt(span, 'invalid');
  }

  #variable(name: string): Value | undefined {
    const block = this.source.variables.get(name);
    return block && variableValue(block, this.#passed(name), this.scope);
  }

  #typeValue(mode: 'resource' | 'data', type: string): Value {
    return this.#entries([], (name) => this.#resourceValue(mode, type, name));
  }

  #resourceValue(mode: 'resource' | 'data', type: string, name: string): Value {
    const block = this.source.resourceByName.get(`${mode} ${type}.${name}`);
    if (block) return this.#objectOf(this.#declared(block));
    const address = this.addressOf(`${mode === 'data' ? 'data.' : ''}${type}.${name}`);
    return undeclaredResource(address, this.#here(), (attribute) =>
      this.#reference(address, type, attribute),
    );
  }

  #declared(block: Block): DeclaredResource {
    const [type = '', name = ''] = block.labels;
    const local = `${block.type === 'data' ? 'data.' : ''}${type}.${name}`;
    const found = this.#resources.get(local);
    if (found) return found;
    const declared: DeclaredResource = {
      block,
      address: this.addressOf(local),
      type,
      repetition: this.#repetition(block),
    };
    this.#resources.set(local, declared);
    return declared;
  }

  #repetition(block: Block): Repetition {
    const repetition = repetitionOf(block.body, this.scope);
    return {
      shape: repetition.shape,
      instances: repetition.instances.map((each) => ({ ...each, exists: all([this.exists, each.exists]) })),
    };
  }

  #objectOf(declared: DeclaredResource): Value {
    const { repetition, block } = declared;
    const objects = repetition.instances.map((instance) => this.#instanceObject(declared, instance));
    if (repetition.shape === 'list') return list(objects, block.span);
    if (repetition.shape === 'map') {
      const entries = repetition.instances.map((each, index): [string, Value] => [
        String(each.key),
        objects[index] ?? undecidedAt(block.span, 'invalid'),
      ]);
      return map(new Map(entries), block.span);
    }
    return objects[0] ?? undecidedAt(block.span, 'invalid');
  }

  #instanceObject(declared: DeclaredResource, instance: Instance): Value {
    const { block, type, repetition } = declared;
    const address = `${declared.address}${instance.suffix}`;
    const entries = new ResourceEntries({
      address,
      standsForAll: repetition.shape === 'undecided',
      names: () => configuredNames(block.body),
      compute: (name) => this.#attribute(declared, instance, name),
      onCycle: (name) => this.#reference(address, type, name),
    });
    return map(entries, block.span);
  }

  /** What identifies a resource is a reference to it; what is configured is its value; the rest is known later. */
  #attribute(declared: DeclaredResource, instance: Instance, name: string): Value {
    const { block, type } = declared;
    const address = `${declared.address}${instance.suffix}`;
    if (block.type === 'data') {
      const value = dataAttribute({
        type,
        name,
        address,
        block,
        scope: instance.scope,
        region: this.#surroundings.region(),
      });
      if (value) return value;
    } else if (this.#surroundings.attributeNames.identifying(type, name) === undefined) {
      const value = configured(block.body, name, instance.scope);
      if (value) return value;
    }
    return this.#reference(address, type, name);
  }

  #reference(address: string, type: string, name: string): Value {
    const attribute = this.#surroundings.attributeNames.any(type, name);
    return referenceTo(`${address}.${name}`, idOf(address), attribute, this.#here());
  }

  #called(name: string): { repetition: Repetition; modules: readonly (ModuleInstance | undefined)[] } {
    const found = this.#children.get(name);
    if (found) return found;
    const block = this.source.calls.get(name);
    if (!block) return { repetition: { shape: 'single', instances: [] }, modules: [] };
    const repetition = this.#repetition(block);
    const modules = repetition.instances.map((instance) => this.#surroundings.open(block, this, instance));
    const called = { repetition, modules };
    this.#children.set(name, called);
    return called;
  }

  #moduleValue(name: string): Value | undefined {
    const block = this.source.calls.get(name);
    if (!block) return undefined;
    const { repetition, modules } = this.#called(name);
    const objects = repetition.instances.map((instance, index) =>
      this.#outputs(modules[index], this.addressOf(`module.${name}${instance.suffix}`), block.span),
    );
    if (repetition.shape === 'list') return list(objects, block.span);
    if (repetition.shape === 'map') {
      return map(
        new Map(
          repetition.instances.map((each, index) => [
            String(each.key),
            objects[index] ?? undecidedAt(block.span, 'invalid'),
          ]),
        ),
        block.span,
      );
    }
    return objects[0];
  }

  #outputs(module: ModuleInstance | undefined, address: string, span: Span): Value {
    if (!module) {
      return undeclaredResource(address, span, (output) =>
        referenceTo(`${address}.${output}`, idOf(address), output, span),
      );
    }
    const entries = new ResourceEntries({
      address,
      standsForAll: false,
      names: () => module.source.outputs.keys(),
      compute: (output) => module.output(output),
      onCycle: (output) => undecidedAt(module.source.outputs.get(output)?.span ?? span, 'invalid'),
    });
    return map(entries, span);
  }
}

/** The text of a block's first argument of a name, for messages. */
export function argumentText(block: Block, name: string): string {
  const attribute = block.body.attributes.get(name);
  return attribute ? expressionText(attribute.value.span) : '';
}
