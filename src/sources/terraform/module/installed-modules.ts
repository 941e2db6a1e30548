import { posix } from 'node:path';
import { child, stringOf } from '../../../kernel/document.ts';
import { InputError } from '../../../kernel/errors.ts';
import { parseJson } from '../../../kernel/json.ts';
import type { TerraformFiles } from '../files.ts';

/**
 * Where `terraform init` put the modules it fetched: the manifest `.terraform/modules/modules.json`
 * names each call (`vpc`, `app.db`) and its folder. Empty when there is none.
 */
export function installedModules(root: string, files: TerraformFiles): ReadonlyMap<string, string> {
  const path = posix.join(root, '.terraform/modules/modules.json');
  const content = files.read(path);
  if (content === undefined) return new Map();
  try {
    const modules = child(parseJson({ path, text: content }).root, 'Modules');
    const entries = (modules?.kind === 'list' ? modules.items : []).flatMap((item): [string, string][] => {
      const [key, folder] = [stringOf(child(item, 'Key')), stringOf(child(item, 'Dir'))];
      return key && folder !== undefined && !posix.isAbsolute(folder)
        ? [[key, posix.join(root, folder)]]
        : [];
    });
    return new Map(entries);
  } catch (error) {
    if (error instanceof InputError) return new Map();
    throw error;
  }
}
