import { child, type DocumentNode, spanOf } from '../../kernel/document.ts';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, undecided } from '../../model/answer.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { unknown, type Value } from '../../model/value.ts';
import { decideNode, evaluateNode } from './evaluate.ts';
import { expressionOf } from './expression.ts';
import { note } from './note.ts';
import { type Parameter, parametersOf, parameterValue, passedValue } from './parameters.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import type { StackScope } from './scope.ts';
import type { Template } from './template.ts';

export interface StackOptions {
  /** The name in ids. */
  readonly stack: string;
  /** The name it is deployed under, when that is declared. */
  readonly deployedName?: string;
  readonly template: Template;
  /** Parameters handed in as text. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Parameters that a parent stack hands in. */
  readonly passed?: (name: string) => Value | undefined;
  readonly imported: (name: Value) => Value | undefined;
  readonly nestedOutput: (resource: string, output: string) => Value | undefined;
  readonly report: (note: NotAnalysed) => void;
}

/** A template with its parameters: evaluates expressions and remembers what it decided. */
export class Stack implements StackScope {
  readonly stack: string;
  readonly template: Template;
  readonly #options: StackOptions;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #conditions = new Map<string, Answer | 'deciding'>();
  /** Outputs that are being evaluated: one that needs itself is not followed. */
  readonly #outputs = new Set<string>();
  readonly #reported = new Set<string>();

  constructor(options: StackOptions) {
    this.#options = options;
    this.stack = options.stack;
    this.template = options.template;
    this.#parameters = parametersOf(options.template);
  }

  get file(): SourceFile {
    return this.template.file;
  }

  /** The id of a resource of this stack. */
  idOf(logicalId: string): string {
    return `cfn:${this.stack}/${logicalId}`;
  }

  evaluate(node: DocumentNode): Value {
    return evaluateNode(node, this);
  }

  decide(node: DocumentNode): Answer {
    return decideNode(node, this);
  }

  reference(name: string, span: Span): Value {
    const parameter = this.#parameters.get(name);
    if (parameter) return this.#parameter(parameter, span);
    const pseudo = pseudoParameter(name, this.#options.deployedName, span);
    if (pseudo) return pseudo;
    return this.#resourceReference(name, 'Ref', span);
  }

  #parameter(parameter: Parameter, span: Span): Value {
    const passed = this.#options.passed?.(parameter.name);
    if (passed) return passedValue(parameter, passed, span);
    return parameterValue(parameter, this.#options.parameters.get(parameter.name), span);
  }

  /** The value of an output, as a parent stack sees it; undefined when there is no such output. */
  output(name: string): Value | undefined {
    const node = child(this.template.outputs.get(name)?.value, 'Value');
    if (!node || this.#outputs.has(name)) return undefined;
    this.#outputs.add(name);
    const value = this.evaluate(node);
    this.#outputs.delete(name);
    return value;
  }

  attribute(resource: string, attribute: string, span: Span): Value {
    if (attribute.startsWith('Outputs.')) {
      const output = this.#options.nestedOutput(resource, attribute.slice('Outputs.'.length));
      if (output) return { ...output, span };
    }
    return this.#resourceReference(resource, attribute, span);
  }

  #resourceReference(name: string, attribute: string, span: Span): Value {
    const declared = this.template.resources.has(name);
    const id = declared ? this.idOf(name) : `external:${this.stack}/${name}`;
    if (!declared) this.#reportDangling(name, span);
    const why = declared ? 'after-deployment' : 'dangling-reference';
    const shown = attribute === 'Ref' ? name : `${name}.${attribute}`;
    return unknown(expressionOf(span.file, span) || shown, why, span, [
      { type: 'reference', expression: shown, resource: id, attribute },
    ]);
  }

  #reportDangling(name: string, span: Span): void {
    this.report(
      note('unsupported', {
        file: span.file,
        at: span.start,
        what: name,
        reason: text(
          `"${name}" is referred to, but the template declares no such parameter or resource; it counts as something outside`,
          `「${name}」が参照されていますが、テンプレートにその名前のパラメータやリソースはありません。外部のものとして扱います`,
        ),
      }),
    );
  }

  condition(name: string, span: Span): Answer {
    const before = this.#conditions.get(name);
    if (before === 'deciding') return this.#undecidable(name, span, 'cycle');
    if (before) return before;
    const entry = this.template.conditions.get(name);
    if (!entry) return this.#undecidable(name, span, 'missing');
    this.#conditions.set(name, 'deciding');
    const answer = this.#named(name, this.decide(entry.value), span);
    this.#conditions.set(name, answer);
    return answer;
  }

  /** An open condition is told by its name and what would decide it. */
  #named(name: string, answer: Answer, span: Span): Answer {
    if (answer.is !== 'unknown') return answer;
    const [first] = answer.undecided;
    const parts = first?.kind === 'unknown' ? first.parts : undefined;
    const entry = this.template.conditions.get(name);
    const written = entry ? expressionOf(this.file, entry.value) : name;
    const at = entry ? spanOf(this.file, entry.value) : span;
    return undecided(unknown(`${name}: ${written}`, 'condition', at, parts));
  }

  #undecidable(name: string, span: Span, why: 'cycle' | 'missing'): Answer {
    const reason =
      why === 'cycle'
        ? text(`the condition "${name}" depends on itself`, `条件「${name}」が自分自身に依存しています`)
        : text(`the template has no condition "${name}"`, `テンプレートに条件「${name}」がありません`);
    this.report(note('input', { file: span.file, at: span.start, what: name, reason }));
    return undecided(unknown(name, 'invalid', span));
  }

  allowedValues(parameter: string): readonly string[] | undefined {
    return this.#parameters.get(parameter)?.allowed;
  }

  imported(name: Value): Value | undefined {
    return this.#options.imported(name);
  }

  /** Reports each fact once, however often it is met. */
  report(fact: NotAnalysed): void {
    const key = `${fact.kind}|${fact.what}|${fact.reason.en}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#options.report(fact);
  }
}
