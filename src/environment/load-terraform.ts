import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Resource } from '../model/resource.ts';
import { readSource } from '../sources/documents/read-file.ts';
import { walkFiles } from '../sources/documents/walk.ts';
import type { SourceReading } from '../sources/terraform/index.ts';
import { type InputFile, type Inputs, isBelow, shownPath } from './inputs.ts';

export interface TerraformOptions {
  readonly cwd: string;
  /** The paths as they were given. */
  readonly paths: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
  readonly report: (note: NotAnalysed) => void;
  readonly onProgress?: (message: Text) => void;
  /** Texts that count instead of what the files hold now, or beside them, by absolute path. */
  readonly edited?: ReadonlyMap<string, { readonly text: string }>;
}

export interface TerraformLoading {
  readonly resources: readonly Resource[];
  /** The inputs that remain for other readers. */
  readonly rest: Inputs;
  /** How many Terraform roots, plans and states were read. */
  readonly sources: number;
  /** What the first of them is called: its folder, or its file without the ending; never a whole path. */
  readonly name: string | undefined;
}

/** The readers are loaded when there is something for them: most runs have CloudFormation only. */
const readers = () => import('../sources/terraform/index.ts');

interface NamedReading {
  readonly name: string;
  readonly reading: SourceReading;
}

const CONFIGURATION = /\.tf(?:\.json)?$/;

/**
 * Loads the Terraform part of the inputs: folders with `.tf` files, and plans and states in JSON. In a
 * folder that is walked, a plan beside `.tf` files is left alone: both say the same resources. Where a
 * given plan or state and a configuration declare the same address, the plan or state is believed.
 */
export async function loadTerraform(inputs: Inputs, options: TerraformOptions): Promise<TerraformLoading> {
  const folders = configurationFolders(inputs.apart, options);
  const taken = new Set<string>();
  const readings: NamedReading[] = [];
  for (const input of inputs.files) {
    if (CONFIGURATION.test(input.path)) taken.add(input.path);
    else if (input.explicit || !hasConfiguration(dirname(input.path))) {
      const reading = await readDocument(input, options);
      if (!reading) continue;
      taken.add(input.path);
      readings.push({ name: input.shown, reading });
    }
  }
  if (folders.length > 0) readings.push(...(await readFolders(folders, options)));
  for (const { reading } of readings) for (const note of reading.notes) options.report(note);
  return {
    resources: await combined(readings),
    rest: { ...inputs, files: inputs.files.filter((file) => !taken.has(file.path)) },
    sources: readings.length,
    name: readings[0] && plainName(readings[0].name, options.cwd),
  };
}

function plainName(shown: string, cwd: string): string {
  return basename(resolve(cwd, shown)).replace(/\.(?:json|tfstate)$/, '');
}

async function readFolders(
  folders: readonly string[],
  options: TerraformOptions,
): Promise<readonly NamedReading[]> {
  const { filesOnDisk, readTerraformDirectory, rootModules, withEdited } = await readers();
  const onDisk = filesOnDisk(options.cwd);
  const files = options.edited ? withEdited(onDisk, options.edited, options.cwd) : onDisk;
  const readings: NamedReading[] = [];
  for (const folder of await rootModules(folders, files)) {
    options.onProgress?.(text(`reading ${folder}`, `${folder} を読んでいます`));
    const reading = await readTerraformDirectory({ folder, files, parameters: options.parameters });
    readings.push({ name: folder, reading });
  }
  return readings;
}

/** Folders with configuration files, as they are shown, each once; environments of their own left out. */
function configurationFolders(apart: readonly string[], options: TerraformOptions): readonly string[] {
  const folders = new Set<string>();
  for (const given of options.paths.filter((each) => each.trim() !== '')) {
    const path = resolve(options.cwd, given);
    if (CONFIGURATION.test(path) && existsSync(path)) folders.add(folderName(dirname(path), options.cwd));
    const { files } = walkFiles(path, (name) => CONFIGURATION.test(name));
    for (const file of files.map((each) => join(path, each))) {
      if (!isBelow(file, apart)) folders.add(folderName(dirname(file), options.cwd));
    }
  }
  return [...folders];
}

function folderName(path: string, cwd: string): string {
  return path === cwd ? '.' : shownPath(path, cwd);
}

function hasConfiguration(folder: string): boolean {
  return readdirSync(folder).some((name) => CONFIGURATION.test(name));
}

/** A plan or state, or undefined when the file is something else or no JSON (others say so). */
async function readDocument(input: InputFile, options: TerraformOptions): Promise<SourceReading | undefined> {
  if (!/\.(?:json|tfstate)$/.test(basename(input.path))) return undefined;
  try {
    const file = readSource(input.path, input.shown);
    if (!/"(?:format_version|lineage)"/.test(file.text)) return undefined;
    options.onProgress?.(text(`reading ${input.shown}`, `${input.shown} を読んでいます`));
    const { parseTerraformJson, readTerraformJson, terraformJsonKind } = await readers();
    const { root } = parseTerraformJson(file);
    return terraformJsonKind(root) ? readTerraformJson(root, file) : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** One root keeps plain addresses; of several roots that clash, each one's name goes before its addresses. */
async function combined(readings: readonly NamedReading[]): Promise<readonly Resource[]> {
  const roots = readings.filter(({ reading }) =>
    reading.resources.every(({ basis }) => basis === 'template'),
  );
  const seen = new Set<string>();
  const clash = roots
    .flatMap(({ reading }) => reading.resources)
    .some(({ id }) => seen.size === seen.add(id).size);
  if (readings.length === 0) return [];
  const { belowRoot } = await readers();
  const byId = new Map<string, Resource>();
  for (const entry of readings) {
    const { name, reading } = entry;
    const resources = clash && roots.includes(entry) ? belowRoot(name, reading.resources) : reading.resources;
    for (const resource of resources) if (!byId.has(resource.id)) byId.set(resource.id, resource);
  }
  return [...byId.values()];
}
