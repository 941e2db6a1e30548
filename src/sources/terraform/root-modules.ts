import { posix } from 'node:path';
import { stringFrom } from '../../model/value.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { scopeOf } from './evaluate/scope.ts';
import { undecidedAt } from './evaluate/values.ts';
import type { TerraformFiles } from './files.ts';
import { hclParser } from './hcl/grammar.ts';
import { readModuleSource } from './module/source.ts';

/** Of folders with Terraform files, those that no other of them calls as a module. */
export async function rootModules(
  folders: readonly string[],
  files: TerraformFiles,
): Promise<readonly string[]> {
  if (folders.length < 2) return folders;
  const parser = await hclParser();
  const called = new Set<string>();
  for (const folder of folders) {
    const source = readModuleSource(folder, files, parser, () => {});
    for (const call of source?.calls.values() ?? []) {
      const path = localSource(call.body.attributes.get('source')?.value);
      if (path !== undefined && path !== '.') called.add(posix.join(folder, path));
    }
  }
  const roots = folders.filter((folder) => !called.has(posix.normalize(folder)));
  return roots.length > 0 ? roots : folders;
}

function localSource(expression: Parameters<typeof evaluate>[0] | undefined): string | undefined {
  if (!expression) return undefined;
  const nothing = scopeOf(() => undefined, {
    read: () => undefined,
    list: () => undefined,
    render: (_text, _variables, span) => undecidedAt(span, 'function'),
  });
  const source = stringFrom(evaluate(expression, nothing));
  return source?.startsWith('.') ? source : undefined;
}
