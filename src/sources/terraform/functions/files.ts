import { posix } from 'node:path';
import { known, map } from '../../../model/value.ts';
import { isWhollyKnown } from '../evaluate/values.ts';
import {
  type CallContext,
  listAt,
  mapEntries,
  notDecided,
  ofStrings,
  type TerraformFunction,
  textOf,
} from './function.ts';
import { matchesWildcard } from './wildcards.ts';

/** Terraform's functions that read files ("Filesystem Functions"), limited to what lies below the module. */
export const FILE_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  basename: ofStrings((path = '') => posix.basename(path)),
  dirname: ofStrings((path = '') => posix.dirname(path)),
  file: ([path], call) => {
    const content = contentOf(textOf(path), call);
    return content === undefined ? notDecided(call) : known(content, call.span);
  },
  filebase64: ([path], call) => {
    const content = contentOf(textOf(path), call);
    return content === undefined
      ? notDecided(call)
      : known(Buffer.from(content).toString('base64'), call.span);
  },
  fileexists: ([path], call) => {
    const content = contentOf(textOf(path), call);
    return content === undefined ? notDecided(call) : known(true, call.span);
  },
  fileset: ([folder, pattern], call) => {
    const base = textOf(folder);
    const glob = textOf(pattern)?.replace(/^\*\*\//, '');
    const names = base === undefined ? undefined : call.files.list(base);
    if (!names || glob === undefined || /[/[{\\]/.test(glob)) return notDecided(call);
    const matching = names.filter((name) => matchesWildcard(name, glob));
    return listAt(
      matching.map((name) => known(name, call.span)),
      call,
    );
  },
  templatefile: ([path, variables], call) => {
    const content = contentOf(textOf(path), call);
    const entries = mapEntries(variables);
    if (content === undefined || !entries) return notDecided(call);
    return call.files.render(content, entries, call.span);
  },
  templatestring: ([template, variables], call) => {
    const entries = mapEntries(variables);
    if (!template || !entries || !isWhollyKnown(template)) return notDecided(call);
    return call.files.render(textOf(template) ?? '', map(entries, call.span).entries, call.span);
  },
};

function contentOf(path: string | undefined, call: CallContext): string | undefined {
  return path === undefined ? undefined : call.files.read(path);
}
