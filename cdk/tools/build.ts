/** Emits dist/ for the published package: Node strips no types below node_modules. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

rmSync(at('../dist'), { recursive: true, force: true });
const compiled = spawnSync(
  process.execPath,
  [at('../../node_modules/typescript-7/bin/tsc'), '-p', at('../tsconfig.build.json')],
  { stdio: 'inherit' },
);
process.exit(compiled.status ?? 1);
