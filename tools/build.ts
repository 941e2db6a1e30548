/** Emits dist/ for the published package: Node strips no types below node_modules. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts: string[]) => join(root, ...parts);

rmSync(at('dist'), { recursive: true, force: true });
const compiled = spawnSync(
  process.execPath,
  [at('node_modules/typescript-7/bin/tsc'), '-p', at('tsconfig.build.json')],
  {
    stdio: 'inherit',
  },
);
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

for (const entry of readdirSync(at('src'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(json|wasm|css)$/.test(entry.name)) continue;
  const source = join(entry.parentPath, entry.name);
  cpSync(source, join(at('dist'), relative(at('src'), source)));
}
