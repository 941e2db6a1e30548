import type { Edit, EditValue } from '../../model/remedy.ts';
import { JOINS, TYPES } from '../../sources/terraform/types/registry.ts';
import { argumentsFor, type Hcl, indented, isMap, quoted, type ReferenceWriter } from './hcl-words.ts';

type AddResource = Extract<Edit, { readonly kind: 'add-resource' }>;
type SetProperty = Extract<Edit, { readonly kind: 'set-property' }>;

/**
 * The edits of one remedy as HCL that can be copied, edit by edit; undefined for an edit that Terraform's
 * table has no words for (then CloudFormation's words say what is meant).
 */
export function terraformOf(edits: readonly Edit[]): readonly Hcl[] {
  const added = new Map(
    edits.flatMap((edit) => (edit.kind === 'add-resource' ? [[edit.logicalId, edit] as const] : [])),
  );
  const write = referenceWriter(added);
  return edits.map((edit) => {
    if (edit.kind === 'set-property') return setProperty(edit, write);
    return edit.kind === 'add-resource' ? addResource(edit, write) : undefined;
  });
}

/** The type and name of `tf:aws_db_instance.database`; resources of modules are edited where they are written. */
function addressOf(resource: string): { readonly type: string; readonly name: string } | undefined {
  const match = /^(?:tf:)?(?:[^.]*\/)?([a-z0-9_]+)\.([\w-]+)$/.exec(resource);
  return match?.[1] && match[2] ? { type: match[1], name: match[2] } : undefined;
}

function setProperty(edit: SetProperty, write: ReferenceWriter): Hcl {
  const address = addressOf(edit.resource);
  const mapping = TYPES.find(({ terraform }) => terraform === address?.type);
  if (!address || !mapping) return undefined;
  const properties = nested(edit.path, edit.value);
  const inPlace = isMap(properties) ? argumentsFor(properties, mapping.fields, write) : undefined;
  if (inPlace) return resourceBlock(address.type, address.name, inPlace);
  return besideIt(address, mapping.type, properties, write);
}

/** Properties that Terraform declares as a resource of its own beside the one they belong to. */
function besideIt(
  address: { readonly type: string; readonly name: string },
  type: string,
  properties: EditValue,
  write: ReferenceWriter,
): Hcl {
  if (!isMap(properties)) return undefined;
  for (const join of JOINS) {
    if (join.intoType !== type) continue;
    const inner = argumentsFor(properties, join.fields, write);
    if (!inner || inner.length === 0) continue;
    return resourceBlock(join.terraform, address.name, [
      `${join.into} = ${address.type}.${address.name}.id`,
      ...inner,
    ]);
  }
  return undefined;
}

function addResource(edit: AddResource, write: ReferenceWriter): Hcl {
  for (const { terraform, type, fields } of TYPES) {
    if (type !== edit.type) continue;
    const inner = argumentsFor(edit.properties, fields, write);
    if (inner) return resourceBlock(terraform, snakeCase(edit.logicalId), inner);
  }
  return undefined;
}

function resourceBlock(type: string, name: string, inner: readonly string[]): Hcl {
  return [`resource "${type}" "${name}" {`, ...indented(inner), '}'];
}

/** References to resources that stand in the files or that the same remedy adds. */
function referenceWriter(added: ReadonlyMap<string, AddResource>): ReferenceWriter {
  return (reference) => {
    if (!isMap(reference)) return undefined;
    if (typeof reference['Fn::Sub'] === 'string') return template(reference['Fn::Sub'], added);
    const target = reference.Ref ?? reference['Fn::GetAtt'];
    const name = Array.isArray(target) ? target[0] : target;
    const wanted = Array.isArray(target) ? target[1] : 'Ref';
    if (typeof name !== 'string' || typeof wanted !== 'string') return undefined;
    return traversal(name, wanted, added);
  };
}

function traversal(
  name: string,
  wanted: string,
  added: ReadonlyMap<string, AddResource>,
): string | undefined {
  const edit = added.get(name);
  const address = edit ? addedAddress(edit) : addressOf(name);
  return address && `${address.type}.${address.name}.${attributeOf(address.type, wanted)}`;
}

/** `Fn::Sub` as an HCL template; pseudo parameters other than those of added resources have no plain way. */
function template(text: string, added: ReadonlyMap<string, AddResource>): string | undefined {
  const parts = text.split(/(\$\{[^}]+\})/).map((part) => {
    if (!part.startsWith('${')) return quoted(part).slice(1, -1);
    const inner = part.slice(2, -1);
    const dot = inner.lastIndexOf('.');
    const known = added.has(inner) || addressOf(inner) !== undefined;
    const [name, wanted] = known || dot < 0 ? [inner, 'Ref'] : [inner.slice(0, dot), inner.slice(dot + 1)];
    const written = traversal(name, wanted, added);
    return written && `\${${written}}`;
  });
  return parts.includes(undefined) ? undefined : `"${parts.join('')}"`;
}

function addedAddress({ type, logicalId }: AddResource) {
  const mapping = TYPES.find((each) => each.type === type);
  return mapping && { type: mapping.terraform, name: snakeCase(logicalId) };
}

/** The Terraform attribute that gives what CloudFormation calls `Ref` or an attribute. */
function attributeOf(terraform: string, wanted: string): string {
  const mapping = TYPES.find((each) => each.terraform === terraform);
  const named = Object.entries(mapping?.attributes ?? {}).filter(([, attribute]) => attribute === wanted);
  const arn = named.find(([name]) => name === 'arn');
  return (arn ?? named[0])?.[0] ?? (wanted.endsWith('Arn') ? 'arn' : 'id');
}

/** A value below a path of keys; a number in the path is a place in a list. */
function nested(path: readonly string[], value: EditValue): EditValue {
  return path.reduceRight<EditValue>((inner, key) => (/^\d+$/.test(key) ? [inner] : { [key]: inner }), value);
}

/** `LoadBalancerWebAcl` as `load_balancer_web_acl`; a doubled provider prefix is left out. */
function snakeCase(logicalId: string): string {
  return logicalId
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/^aws_[a-z]+_/, '');
}
