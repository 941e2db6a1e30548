import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The work tree of a public repository below `--fetched DIR`: either a checkout (`owner+name/` or `name/`) or a
 * bare git directory (`owner+name/repo`), which is unpacked into a temporary folder. Undefined when absent.
 */
export function fetchedRepository(folder: string | undefined, repository: string): string | undefined {
  if (folder === undefined) return undefined;
  const names = [repository.replace('/', '+'), repository.slice(repository.indexOf('/') + 1)];
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) return undefined;
  const bare = join(found, 'repo');
  return existsSync(join(bare, 'HEAD')) ? unpacked(bare) : found;
}

function unpacked(bare: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-fetched-'));
  const archive = spawnSync('git', ['-C', bare, 'archive', 'HEAD'], { maxBuffer: 1 << 30 });
  if (archive.status !== 0) throw new Error(`git archive: ${archive.stderr}`);
  const tar = spawnSync('tar', ['x', '-C', folder], { input: archive.stdout });
  if (tar.status !== 0) throw new Error(`tar: ${tar.stderr}`);
  return folder;
}

/** The files below a folder whose name fits, in order. */
export function filesBelow(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .sort();
}
