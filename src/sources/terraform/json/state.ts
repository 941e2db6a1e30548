import { child, type DocumentNode, stringOf } from '../../../kernel/document.ts';
import type { SourceFile } from '../../../kernel/source-file.ts';
import { YES } from '../../../model/answer.ts';
import { known, list, map, stringFrom, type Value } from '../../../model/value.ts';
import { REDACTED, type TerraformResource } from '../terraform-resource.ts';
import { IdentityIndex } from './identities.ts';
import { valueOfNode } from './json-value.ts';
import { type ListedResource, listedResources } from './listed-resources.ts';
import { opened } from './pieces.ts';
import { coversAll, isSecret } from './sensitive.ts';

/** Resources as a state (`terraform show -json`) records them. */
export function stateResources(root: DocumentNode, file: SourceFile): Iterable<TerraformResource> {
  const module = child(child(root, 'values'), 'root_module');
  return recorded(module ? listedResources(module) : [], file);
}

/** Resources of a state file (`terraform.tfstate`, version 4). */
export function stateFileResources(root: DocumentNode, file: SourceFile): Iterable<TerraformResource> {
  const listed = itemsIn(child(root, 'resources')).flatMap((resource): readonly ListedResource[] => {
    if (stringOf(child(resource, 'mode')) === 'data') return [];
    const type = stringOf(child(resource, 'type')) ?? '';
    const module = stringOf(child(resource, 'module')) ?? '';
    const local = `${type}.${stringOf(child(resource, 'name')) ?? ''}`;
    return itemsIn(child(resource, 'instances')).flatMap((instance) => {
      const values = child(instance, 'attributes');
      if (!values) return [];
      const address = `${module === '' ? '' : `${module}.`}${local}${indexOf(child(instance, 'index_key'))}`;
      return [
        {
          address,
          type,
          module,
          values,
          sensitive: sensitiveMask(child(instance, 'sensitive_attributes'), instance),
          dependsOn: itemsIn(child(instance, 'dependencies')).flatMap((item) => stringOf(item) ?? []),
          node: instance,
        },
      ];
    });
  });
  return recorded(listed, file);
}

function itemsIn(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function indexOf(key: DocumentNode | undefined): string {
  if (key?.kind !== 'scalar' || key.value === null) return '';
  return typeof key.value === 'number' ? `[${key.value}]` : `["${key.value}"]`;
}

/** The paths of a state file's sensitive attributes as a mask; a nested path hides the whole attribute. */
function sensitiveMask(paths: DocumentNode | undefined, at: DocumentNode): DocumentNode {
  const names = itemsIn(paths).flatMap((path) => {
    const [first] = itemsIn(path);
    return stringOf(child(first, 'value')) ?? [];
  });
  const { start, end } = at;
  return {
    kind: 'map',
    start,
    end,
    entries: names.map((key) => ({
      key,
      keyStart: start,
      keyEnd: start,
      value: { kind: 'scalar', value: true, start, end },
    })),
  };
}

function* recorded(listed: readonly ListedResource[], file: SourceFile): Iterable<TerraformResource> {
  const identities = new IdentityIndex();
  for (const each of listed) identities.learn(each.type, each.address, opened(file, each.values));
  for (const each of listed) {
    const attributes = new Map<string, Value>();
    const sensitive: string[] = [];
    const values = opened(file, each.values);
    for (const entry of values?.kind === 'map' ? values.entries : []) {
      const hidden = isSecret(each.type, entry.key) ? ALL : child(each.sensitive, entry.key);
      const value = withoutSecrets(valueOfNode(entry.value, file), hidden);
      if (stringFrom(value) === REDACTED) sensitive.push(entry.key);
      attributes.set(entry.key, identities.resolve(value, entry.key, each.address));
    }
    yield {
      address: each.address,
      type: each.type,
      module: each.module,
      attributes,
      span: { file, start: each.node.start, end: each.node.end },
      exists: YES,
      dependsOn: each.dependsOn,
      basis: 'state',
      movedFrom: [],
      preventDestroy: false,
      sensitive,
    };
  }
}

const ALL: DocumentNode = { kind: 'scalar', value: true, start: 0, end: 0 };

/** Hides what a mask covers; empty values hide nothing. */
function withoutSecrets(value: Value, mask: DocumentNode | undefined): Value {
  if (coversAll(mask)) {
    const empty = value.kind === 'known' && (value.value === null || value.value === '');
    return empty ? value : known(REDACTED, value.span);
  }
  if (value.kind === 'map' && mask?.kind === 'map') {
    const entries = [...value.entries].map(([key, entry]): [string, Value] => [
      key,
      withoutSecrets(entry, child(mask, key)),
    ]);
    return map(new Map(entries), value.span);
  }
  if (value.kind === 'list' && mask?.kind === 'list') {
    return list(
      value.items.map((item, index) => withoutSecrets(item, mask.items[index])),
      value.span,
    );
  }
  return value;
}
