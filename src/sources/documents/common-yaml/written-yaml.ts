import type { SourceFile } from '../../../kernel/source-file.ts';
import { readCommonYaml } from './read-common-yaml.ts';
import type { Written } from './written.ts';

const UNCOMMON = Symbol('uncommon');
const read = new WeakMap<SourceFile, WeakRef<Written> | typeof UNCOMMON>();

/**
 * What a YAML file holds, as it is written, where it is in the common form. What reads a file and what edits it
 * ask for the same: the answer is kept for as long as memory is not needed for something else.
 *
 * @returns undefined where the complete parser must be asked.
 */
export function writtenYaml(file: SourceFile): Written | undefined {
  const before = read.get(file);
  if (before === UNCOMMON) return undefined;
  const kept = before?.deref();
  if (kept) return kept;
  const written = readCommonYaml(file.text);
  read.set(file, written ? new WeakRef(written) : UNCOMMON);
  return written;
}
