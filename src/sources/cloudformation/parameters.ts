import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';
import type { Span } from '../../kernel/source-file.ts';
import { known, list, type Part, unknown, type Value } from '../../model/value.ts';
import type { Template } from './template.ts';
import { textValue } from './text-value.ts';

/** A parameter of a template ("Parameters section syntax reference"). */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly noEcho: boolean;
  readonly fallback: string | undefined;
  readonly allowed: readonly string[] | undefined;
}

/** The parameters that a template declares. */
export function parametersOf(template: Template): ReadonlyMap<string, Parameter> {
  return new Map([...template.parameters].map(([name, entry]) => [name, parameterOf(name, entry.value)]));
}

function parameterOf(name: string, node: DocumentNode): Parameter {
  const noEcho = child(node, 'NoEcho');
  const allowed = child(node, 'AllowedValues');
  return {
    name,
    type: stringOf(child(node, 'Type')) ?? 'String',
    noEcho: noEcho?.kind === 'scalar' && String(noEcho.value).toLowerCase() === 'true',
    fallback: scalarText(child(node, 'Default')),
    allowed: allowed?.kind === 'list' ? allowed.items.flatMap((item) => scalarText(item) ?? []) : undefined,
  };
}

function scalarText(node: DocumentNode | undefined): string | undefined {
  if (node?.kind === 'list') {
    const items = node.items.map(scalarText);
    return items.every((item) => item !== undefined) ? items.join(',') : undefined;
  }
  if (node?.kind !== 'scalar') return undefined;
  return node.value === null ? '' : String(node.value);
}

/**
 * What `Ref` gives for a parameter: the value handed in, else the default. A name that is looked up in the
 * Parameter Store at deployment and a secret parameter (NoEcho) stay unknown, so that no secret is shown;
 * only the empty default of a secret counts, since it says that there is none.
 */
export function parameterValue(parameter: Parameter, given: string | undefined, span: Span): Value {
  const text = given ?? parameter.fallback;
  if (parameter.type.startsWith('AWS::SSM::Parameter::Value<')) {
    return open(parameter, text ? `${parameter.name} ({{resolve:ssm:${text}}})` : parameter.name, span);
  }
  if (text === undefined || (parameter.noEcho && text !== '')) return open(parameter, parameter.name, span);
  if (!isListType(parameter.type)) return known(text, span);
  const items = text === '' ? [] : text.split(',').map((item) => known(item.trim(), span));
  return list(items, span);
}

function open(parameter: Parameter, expression: string, span: Span): Value {
  return unknown(expression, 'parameter', span, [{ type: 'parameter', expression: parameter.name }]);
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** What `Ref` gives for a parameter that a parent stack hands in. A list may come as one string with commas. */
export function passedValue(parameter: Parameter, passed: Value, span: Span): Value {
  if (passed.kind === 'known')
    return parameterValue({ ...parameter, noEcho: false }, String(passed.value ?? ''), span);
  if (passed.kind === 'unknown' && passed.parts && isListType(parameter.type)) {
    const items = itemsAtCommas(passed.parts).map((parts) =>
      textValue(parts, passed.why, passed.expression, span),
    );
    return items.length > 1 ? list(items, span) : { ...passed, span };
  }
  return { ...passed, span };
}

function itemsAtCommas(parts: readonly Part[]): readonly (readonly Part[])[] {
  const items: Part[][] = [[]];
  for (const part of parts) {
    if (typeof part !== 'string') {
      items.at(-1)?.push(part);
      continue;
    }
    for (const [index, piece] of part.split(',').entries()) {
      if (index > 0) items.push([]);
      if (piece.trim() !== '') items.at(-1)?.push(piece.trim());
    }
  }
  return items;
}
