import type { Edit, EditValue } from '../../model/remedy.ts';
import { isList, isMap } from '../document/functions.ts';

/** Every name that a value refers to by `Ref`, `Fn::GetAtt` or `Fn::Sub`; pseudo parameters left out. */
export function namesIn(value: EditValue): readonly string[] {
  if (isList(value)) return value.flatMap(namesIn);
  if (!isMap(value)) return [];
  return Object.entries(value)
    .flatMap(([key, entry]) => {
      if (key === 'Ref' && typeof entry === 'string') return [entry];
      if (key === 'Fn::GetAtt' && isList(entry) && typeof entry[0] === 'string') return [entry[0]];
      if (key === 'Fn::Sub' && typeof entry === 'string') return namesInTemplate(entry);
      return namesIn(entry);
    })
    .filter((name) => !name.startsWith('AWS::'));
}

function namesInTemplate(template: string): readonly string[] {
  return [...template.matchAll(/\$\{([^}!]+)\}/g)].map((match) => {
    return splitName(match[1] ?? '').name;
  });
}

/** A Terraform address has a dot itself; an attribute of it begins with a capital, as CloudFormation's do. */
const ADDRESS = /^(?:tf:)?[a-z0-9]+_[a-z0-9_]*\.[\w-]+/;

/** The name and the attribute of what stands in a placeholder. */
function splitName(inner: string): { readonly name: string; readonly attribute: string } {
  if (inner.startsWith('AWS::')) return { name: inner, attribute: '' };
  const name = ADDRESS.exec(inner)?.[0] ?? inner.split('.')[0] ?? inner;
  return { name, attribute: inner.slice(name.length) };
}

/** Every name that edits refer to. */
export function namesInEdits(edits: readonly Edit[]): ReadonlySet<string> {
  return new Set(
    edits.flatMap((edit) => {
      if (edit.kind === 'set-property') return namesIn(edit.value);
      return edit.kind === 'add-resource' ? namesIn({ ...edit.properties }) : [];
    }),
  );
}

/** What a reference to a name becomes. */
export interface Replacement {
  /** Another name, for all kinds of references. */
  readonly name?: string;
  /** A literal; only `Ref` and `Fn::Sub` can take one. */
  readonly literal?: string | number;
}

/** Edits with the references to some names replaced. */
export function withReferences(
  edits: readonly Edit[],
  replacements: ReadonlyMap<string, Replacement>,
): readonly Edit[] {
  if (replacements.size === 0) return edits;
  return edits.map((edit): Edit => {
    if (edit.kind === 'set-property') return { ...edit, value: replacedIn(edit.value, replacements) };
    if (edit.kind !== 'add-resource') return edit;
    const properties = Object.fromEntries(
      Object.entries(edit.properties).map(([key, value]) => [key, replacedIn(value, replacements)]),
    );
    return { ...edit, logicalId: replacements.get(edit.logicalId)?.name ?? edit.logicalId, properties };
  });
}

function replacedIn(value: EditValue, replacements: ReadonlyMap<string, Replacement>): EditValue {
  if (isList(value)) return value.map((item) => replacedIn(item, replacements));
  if (!isMap(value)) return value;
  const reference = value.Ref;
  if (typeof reference === 'string' && Object.keys(value).length === 1) {
    const found = replacements.get(reference);
    return found?.literal ?? { Ref: found?.name ?? reference };
  }
  const attribute = value['Fn::GetAtt'];
  if (isList(attribute) && typeof attribute[0] === 'string') {
    const name = replacements.get(attribute[0])?.name ?? attribute[0];
    return { 'Fn::GetAtt': [name, ...attribute.slice(1)] };
  }
  const template = value['Fn::Sub'];
  if (typeof template === 'string') return { 'Fn::Sub': inTemplate(template, replacements) };
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, replacedIn(entry, replacements)]),
  );
}

function inTemplate(template: string, replacements: ReadonlyMap<string, Replacement>): string {
  return template.replaceAll(/\$\{([^}!]+)\}/g, (whole, inner: string) => {
    const { name, attribute } = splitName(inner);
    const found = replacements.get(name);
    if (!found) return whole;
    if (found.literal !== undefined) return String(found.literal);
    return `\${${found.name ?? name}${attribute}}`;
  });
}
