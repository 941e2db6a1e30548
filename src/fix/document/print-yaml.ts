import type { EditValue } from '../../model/remedy.ts';
import { isList, isMap, shortForm } from './functions.ts';
import type { Style } from './style.ts';

/** An entry of a block map as lines, the key at the given indentation. */
export function yamlEntry(key: string, value: EditValue, indent: string, style: Style): readonly string[] {
  const name = yamlScalar(key, style);
  const inline = yamlInline(value, style);
  if (inline !== undefined) return [`${indent}${name}: ${inline}`];
  return [`${indent}${name}:`, ...yamlBlock(value, indent, style)];
}

/** A map or list as the lines below its key, whose indentation is given. */
export function yamlBlock(value: EditValue, indent: string, style: Style): readonly string[] {
  if (isList(value)) {
    const inner = style.indentedLists ? indent + style.step : indent;
    return value.flatMap((item) => yamlItem(item, inner, style));
  }
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => yamlEntry(key, entry, indent + style.step, style));
}

/** An item of a block list as lines, the dash at the given indentation. */
export function yamlItem(value: EditValue, indent: string, style: Style): readonly string[] {
  const inline = yamlInline(value, style);
  if (inline !== undefined) return [`${indent}- ${inline}`];
  const inner = `${indent}  `;
  const lines = isMap(value)
    ? Object.entries(value).flatMap(([key, entry]) => yamlEntry(key, entry, inner, style))
    : (value as readonly EditValue[]).flatMap((item) => yamlItem(item, inner, style));
  const [first = '', ...rest] = lines;
  return [`${indent}- ${first.slice(inner.length)}`, ...rest];
}

/** A value that is written on the line of its key, or undefined for maps and lists with something in them. */
export function yamlInline(value: EditValue, style: Style): string | undefined {
  const short = style.shortTags ? shortForm(value) : undefined;
  if (short) return `${short.tag} ${yamlScalar(short.argument, style)}`;
  if (isList(value)) return value.length === 0 ? '[]' : undefined;
  if (isMap(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  return yamlScalar(value, style);
}

/** Words that some YAML reader takes for something else than text (YAML 1.1 types: bool, null, int, float, timestamp). */
const OTHER_THAN_TEXT =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?[.\d][\d_,.:eExXoO+a-fA-F-]*|[-+]?\.(?:inf|nan)|\d{4}-\d.*)$/i;

const PLAIN = /^[A-Za-z0-9_/.$][\w/.$@+=:*()-]*(?: [\w/.$@+=*(),-]+)*$/;

/** A scalar in YAML: plain where every reader takes it for the same, else quoted. */
export function yamlScalar(value: EditValue, style: Pick<Style, 'quote'>): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  const plain = PLAIN.test(value) && !OTHER_THAN_TEXT.test(value) && !value.endsWith(':');
  if (plain && !/: |:$| #/.test(value)) return value;
  const needsEscapes = /[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/.test(value);
  if (style.quote === "'" && !needsEscapes) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value);
}
