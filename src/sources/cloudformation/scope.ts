import type { DocumentNode, MapNode } from '../../kernel/document.ts';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import type { Answer } from '../../model/answer.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Value } from '../../model/value.ts';
import type { Template } from './template.ts';

/** What a stack offers to the expressions in its template. */
export interface StackScope {
  readonly stack: string;
  readonly file: SourceFile;
  readonly template: Template;
  evaluate(node: DocumentNode): Value;
  /** What a name stands for in `Ref`: a parameter, a pseudo parameter or a resource. */
  reference(name: string, span: Span): Value;
  /** An attribute of a resource, or an output of a nested stack. */
  attribute(resource: string, attribute: string, span: Span): Value;
  /** Whether a condition of the template holds. */
  condition(name: string, span: Span): Answer;
  /** Decides a node where a condition is expected (`Fn::Equals`, `Condition`, …). */
  decide(node: DocumentNode): Answer;
  /** The values that a parameter may take, when the template lists them. */
  allowedValues(parameter: string): readonly string[] | undefined;
  /** What another stack of the environment exports under a name. */
  imported(name: Value): Value | undefined;
  report(note: NotAnalysed): void;
}

/** One use of an intrinsic function. */
export interface IntrinsicCall {
  readonly name: string;
  readonly argument: DocumentNode;
  readonly node: MapNode;
  readonly span: Span;
  readonly scope: StackScope;
}

/** An intrinsic function that gives a value ("Intrinsic function reference"). */
export interface Intrinsic {
  readonly name: string;
  evaluate(call: IntrinsicCall): Value;
}

/** An intrinsic function that is used in conditions only ("Condition functions"). */
export interface ConditionFunction {
  readonly name: string;
  decide(call: IntrinsicCall): Answer;
}
