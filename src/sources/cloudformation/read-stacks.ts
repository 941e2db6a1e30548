import { child, type DocumentNode } from '../../kernel/document.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { type Answer, all, YES } from '../../model/answer.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom, type Value } from '../../model/value.ts';
import { cycleNotes } from './cycles.ts';
import { ExportIndex } from './exports.ts';
import { expandLoops } from './loops.ts';
import { quotaNotes } from './quotas.ts';
import { existence, resourcesOf } from './resources.ts';
import { expandServerless } from './serverless/expand.ts';
import { Stack } from './stack.ts';
import { type Template, templateOf } from './template.ts';
import { transformNotes } from './transforms.ts';

/** A parsed template and the stack it describes. */
export interface TemplateFile {
  /** The stack's name in ids; unique in the environment. */
  readonly stack: string;
  /** The name it is deployed under, when that is declared. */
  readonly deployedName?: string;
  readonly file: SourceFile;
  readonly root: DocumentNode;
  /** The templates of its nested stacks, by logical id. */
  readonly nested?: ReadonlyMap<string, TemplateFile>;
}

export interface StacksReading {
  readonly resources: readonly Resource[];
  readonly notes: readonly NotAnalysed[];
}

/** Reads the stacks of one environment together: they may import what others of them export. */
export function readStacks(
  templates: readonly TemplateFile[],
  parameters: ReadonlyMap<string, string>,
): StacksReading {
  const reader = new StacksReader(parameters);
  for (const template of templates) reader.add(template);
  return reader.read();
}

interface Member {
  readonly stack: Stack;
  /** Whether the stack exists at all: a nested one may stand below a condition. */
  readonly exists: () => Answer;
}

class StacksReader {
  readonly #parameters: ReadonlyMap<string, string>;
  readonly #notes: NotAnalysed[] = [];
  readonly #members: Member[] = [];
  readonly #stacks: Stack[] = [];
  readonly #exports = new ExportIndex(this.#stacks);

  constructor(parameters: ReadonlyMap<string, string>) {
    this.#parameters = parameters;
  }

  add(template: TemplateFile): void {
    this.#add(template, () => YES, undefined);
  }

  read(): StacksReading {
    const resources = this.#members.flatMap(({ stack, exists }) => this.#resources(stack, exists()));
    return { resources, notes: this.#notes };
  }

  #resources(stack: Stack, exists: Answer): readonly Resource[] {
    if (exists.is === 'no') return [];
    const resources = resourcesOf(stack);
    this.#notes.push(...cycleNotes(resources));
    if (exists.is === 'yes') return resources;
    return resources.map((resource) => ({ ...resource, exists: all([exists, resource.exists]) }));
  }

  #add(
    source: TemplateFile,
    exists: () => Answer,
    passed: ((name: string) => Value | undefined) | undefined,
  ): Stack {
    const children = new Map<string, Stack>();
    const report = (note: NotAnalysed) => this.#notes.push(note);
    const stack = new Stack({
      stack: source.stack,
      ...(source.deployedName === undefined ? {} : { deployedName: source.deployedName }),
      template: this.#template(source, report),
      parameters: passed ? new Map() : this.#parameters,
      ...(passed ? { passed } : {}),
      imported: (name) => this.#exports.find(name),
      nestedOutput: (resource, output) => children.get(resource)?.output(output),
      report,
    });
    this.#stacks.push(stack);
    this.#members.push({ stack, exists });
    for (const [logicalId, nested] of source.nested ?? []) {
      const node = stack.template.resources.get(logicalId)?.value;
      if (!node) continue;
      const childExists = () => all([exists(), existence(stack, node)]);
      children.set(logicalId, this.#add(nested, childExists, passedParameters(stack, node)));
    }
    return stack;
  }

  /** The template with its loops written out; what a loop runs over may depend on parameters and mappings. */
  #template(source: TemplateFile, report: (note: NotAnalysed) => void): Template {
    const { file, root } = source;
    const raw = templateOf(file, root, () => undefined);
    const scope = new Stack({
      stack: source.stack,
      template: raw,
      parameters: this.#parameters,
      imported: () => undefined,
      nestedOutput: () => undefined,
      report: () => undefined,
    });
    const expanded = expandLoops(root, {
      file,
      report,
      collection: (node) => namesIn(scope.evaluate(node)),
    });
    const template = templateOf(file, expandServerless(file, expanded, report), report);
    for (const each of [...quotaNotes(template), ...transformNotes(template)]) report(each);
    return template;
  }
}

function namesIn(value: Value): readonly string[] | undefined {
  if (value.kind !== 'list') return undefined;
  const names = value.items.map(stringFrom);
  return names.every((name) => name !== undefined) ? names : undefined;
}

function passedParameters(stack: Stack, node: DocumentNode): (name: string) => Value | undefined {
  const parameters = child(child(node, 'Properties'), 'Parameters');
  return (name) => {
    const given = child(parameters, name);
    return given ? stack.evaluate(given) : undefined;
  };
}
