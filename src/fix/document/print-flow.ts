import type { EditValue } from '../../model/remedy.ts';
import { isList, isMap } from './functions.ts';

/** How flow collections are written. */
export interface FlowStyle {
  readonly newline: string;
  readonly step: string;
  /** Whether a space stands behind colons and commas. */
  readonly spaced: boolean;
  /** Over several lines, or on one. */
  readonly lines: boolean;
}

/** A value as JSON (which is YAML as well); lines after the first begin with the given indentation. */
export function flowValue(value: EditValue, indent: string, style: FlowStyle): string {
  if (isList(value)) {
    return around(
      '[',
      value.map((item) => (inner: string) => flowValue(item, inner, style)),
      ']',
      indent,
      style,
    );
  }
  if (isMap(value)) {
    return around(
      '{',
      Object.entries(value).map(
        ([key, entry]) =>
          (inner: string) =>
            flowEntry(key, entry, inner, style),
      ),
      '}',
      indent,
      style,
    );
  }
  return JSON.stringify(value);
}

/** An entry of a flow map. */
export function flowEntry(key: string, value: EditValue, indent: string, style: FlowStyle): string {
  return `${JSON.stringify(key)}:${style.spaced ? ' ' : ''}${flowValue(value, indent, style)}`;
}

function around(
  open: string,
  parts: readonly ((indent: string) => string)[],
  close: string,
  indent: string,
  style: FlowStyle,
): string {
  if (parts.length === 0) return open + close;
  if (!style.lines) {
    const padding = style.spaced && open === '{' ? ' ' : '';
    const separator = style.spaced ? ', ' : ',';
    return `${open}${padding}${parts.map((part) => part(indent)).join(separator)}${padding}${close}`;
  }
  const inner = indent + style.step;
  const lines = parts.map((part) => `${inner}${part(inner)}`).join(`,${style.newline}`);
  return `${open}${style.newline}${lines}${style.newline}${indent}${close}`;
}
