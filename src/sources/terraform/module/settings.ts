import { YES } from '../../../model/answer.ts';
import type { Resource } from '../../../model/resource.ts';
import { known, map, type Value } from '../../../model/value.ts';
import { bodyValue, configured } from '../evaluate/bodies.ts';
import { type Block, blocksOf } from '../hcl/syntax.ts';
import { idOf, REDACTED } from '../terraform-resource.ts';
import type { ModuleInstance } from './instance.ts';

const STATIC_KEYS = ['access_key', 'secret_key', 'token'];

/**
 * Facts of the configuration itself that security depends on: where the state is kept
 * (`Terraform::Backend`) and static credentials in a provider block (`Terraform::Provider`, values hidden).
 */
export function backendAndProviders(root: ModuleInstance): readonly Resource[] {
  const backends = root.source.settings.flatMap((settings) => blocksOf(settings.body, 'backend'));
  return [
    ...backends.map((block) => backend(block, root)),
    ...root.source.providers.flatMap((block) => providerWithKeys(block, root)),
  ];
}

function backend(block: Block, root: ModuleInstance): Resource {
  const kind = block.labels[0] ?? 'local';
  const settings = bodyValue(block.body, root.scope, block.span);
  const entries = new Map(settings.kind === 'map' ? settings.entries : []);
  for (const name of STATIC_KEYS) if (entries.has(name)) entries.set(name, known(REDACTED, block.span));
  entries.set('Type', known(kind, block.span));
  return resource(`backend.${kind}`, 'Terraform::Backend', entries, block);
}

function providerWithKeys(block: Block, root: ModuleInstance): readonly Resource[] {
  const entries = new Map<string, Value>();
  for (const name of STATIC_KEYS) {
    const value = configured(block.body, name, root.scope);
    if (value)
      entries.set(name, value.kind === 'known' && value.value !== null ? known(REDACTED, value.span) : value);
  }
  if (entries.size === 0) return [];
  const alias = configured(block.body, 'alias', root.scope);
  const suffix = alias?.kind === 'known' ? `.${String(alias.value)}` : '';
  return [resource(`provider.${block.labels[0] ?? ''}${suffix}`, 'Terraform::Provider', entries, block)];
}

function resource(
  address: string,
  type: string,
  entries: ReadonlyMap<string, Value>,
  block: Block,
): Resource {
  return {
    id: idOf(address),
    type,
    name: address,
    stack: '',
    properties: map(entries, block.span),
    span: block.span,
    basis: 'template',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}
