import { closeSync, constants, openSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { InputError } from '../kernel/errors.ts';
import type { SourceFile } from '../kernel/source-file.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Resource } from '../model/resource.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { readSource } from '../sources/documents/read-file.ts';
import { detailsOf, type InputFile, type Inputs } from './inputs.ts';
import { CADDY_FILE, COMPOSE_FILE, isConfigurationName, NGINX_FILE } from './self-hosted-names.ts';

export interface SelfHostedLoading {
  readonly resources: readonly Resource[];
  /** The inputs that remain for other readers. */
  readonly rest: Inputs;
  readonly count: number;
  /** The name of the first project, which names the environment where nothing else does. */
  readonly project: string | undefined;
}

export interface SelfHostedOptions {
  readonly report: (note: NotAnalysed) => void;
  /** What `honmaru.yaml` calls the environment. */
  readonly name?: string;
}

/**
 * Loads what describes an environment off AWS: Compose files, configurations of nginx and Caddy, and the
 * facts of hosts (`honmaru collect --host`). A .conf file that is none of nginx is left alone.
 */
export async function loadSelfHosted(inputs: Inputs, options: SelfHostedOptions): Promise<SelfHostedLoading> {
  const resources = new Map<string, Resource>();
  const taken = new Set<string>();
  let project: string | undefined;
  let count = 0;
  for (const input of inputs.files.filter(isCandidate)) {
    // Nobody else reads what is called .conf, so what is none of nginx ends here unless somebody named it.
    if (!input.explicit && isConfigurationName(basename(input.path))) taken.add(input.path);
    try {
      const found = await readOne(readSource(input.path, input.shown), input, options);
      if (!found) continue;
      taken.add(input.path);
      count += 1;
      project ??= found.project;
      for (const resource of found.resources) resources.set(resource.id, resource);
      for (const note of found.notes) options.report(note);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      taken.add(input.path);
      options.report(inputNote(input.shown, detailsOf(error)));
    }
  }
  const rest = { ...inputs, files: inputs.files.filter(({ path }) => !taken.has(path)) };
  return { resources: [...resources.values()], count, rest, project };
}

/** Whether a file may be for this reader: by its name, or, of JSON, by how it begins. */
function isCandidate({ path }: InputFile): boolean {
  const name = basename(path);
  if (/\.json$/i.test(name)) return LOOKS_LIKE_HOST.test(beginningOf(path));
  return COMPOSE_FILE.test(name) || isConfigurationName(name);
}

/** The first bytes of a file; nothing where it cannot be read, which its own reader will say. */
function beginningOf(path: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const bytes = Buffer.alloc(80);
      return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

const LOOKS_LIKE_HOST = /^\s*\{\s*"schema"\s*:\s*"honmaru\.host\//;

interface Found {
  readonly resources: readonly Resource[];
  readonly notes: readonly NotAnalysed[];
  readonly project?: string;
}

/** What a file holds, or undefined when it is something else. */
async function readOne(
  file: SourceFile,
  input: InputFile,
  options: SelfHostedOptions,
): Promise<Found | undefined> {
  const name = basename(input.path);
  if (COMPOSE_FILE.test(name)) return readCompose(file, input, options);
  if (CADDY_FILE.test(name)) {
    const [{ parseCaddyfile }, { caddySites }] = await Promise.all([
      import('../sources/caddy/parse.ts'),
      import('../sources/caddy/sites.ts'),
    ]);
    return { resources: caddySites(file, parseCaddyfile(file)), notes: [] };
  }
  if (NGINX_FILE.test(name)) return readNginx(file, input);
  const { readHost } = await import('../sources/host/read-host.ts');
  const { resource, notes } = readHost(file);
  return { resources: [resource], notes };
}

async function readCompose(
  file: SourceFile,
  input: InputFile,
  options: SelfHostedOptions,
): Promise<Found | undefined> {
  const { parseDocument } = await import('../sources/documents/parse-document.ts');
  const { composeServices, isCompose } = await import('../sources/compose/read.ts');
  const { child, stringOf } = await import('../kernel/document.ts');
  const { root, problems } = await parseDocument(file);
  if (!isCompose(root)) return undefined;
  const project = options.name ?? stringOf(child(root, 'name')) ?? basename(dirname(input.path));
  return {
    resources: composeServices(file, root, project),
    notes: problems.map((problem) => inputNote(file.path, problem)),
    project,
  };
}

async function readNginx(file: SourceFile, input: InputFile): Promise<Found | undefined> {
  // Other programs have .conf files too: without these words it is none of nginx's servers.
  if (!/^\s*(?:http|server)\s*\{/m.test(file.text) && !input.explicit) return undefined;
  const [{ parseNginx }, { isNginx, nginxServers }] = await Promise.all([
    import('../sources/nginx/parse.ts'),
    import('../sources/nginx/sites.ts'),
  ]);
  const directives = parseNginx(file);
  return isNginx(directives) ? { resources: nginxServers(file, directives), notes: [] } : undefined;
}
