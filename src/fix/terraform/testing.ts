import assert from 'node:assert/strict';
import { ResourceGraph } from '../../environment/graph.ts';
import { TEST_TIME } from '../../environment/testing.ts';
import type { Edit } from '../../model/remedy.ts';
import { filesInMemory } from '../../sources/terraform/files.ts';
import { readTerraformDirectory } from '../../sources/terraform/read-directory.ts';
import { TerraformFiles } from './terraform-files.ts';

/** Edits `main.tf` and gives the texts of the files that change, by name. */
export async function editedTerraform(
  main: string,
  ...edits: readonly Edit[]
): Promise<Readonly<Record<string, string>>> {
  const { resources } = await readTerraformDirectory({
    folder: '.',
    files: filesInMemory({ 'main.tf': main }),
  });
  const declaration = { scope: 'application' as const, parameters: new Map(), assets: [] };
  const graph = new ResourceGraph({ name: 'test', declaration, asOf: TEST_TIME }, resources, []);
  const files = await TerraformFiles.of(graph, (path) => (path === 'main.tf' ? main : undefined));
  assert.equal(files.grant(edits, { path: 'main.tf', text: main }, 'change'), 'granted');
  const { files: changes, failures } = files.finish();
  assert.equal(failures.size, 0);
  return Object.fromEntries(changes.map(({ file, after }) => [file.path, after]));
}

/** An edit of one property, by the address in Terraform. */
export function setting(
  resource: string,
  path: string,
  value: Extract<Edit, { kind: 'set-property' }>['value'],
): Edit {
  return { kind: 'set-property', resource: `tf:${resource}`, path: path.split('.'), value };
}
