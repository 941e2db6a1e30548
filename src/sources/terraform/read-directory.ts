import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import type { TerraformFiles } from './files.ts';
import { hclParser } from './hcl/grammar.ts';
import { readConfiguration } from './module/read-configuration.ts';
import { resourcesIn } from './module/resources.ts';
import { backendAndProviders } from './module/settings.ts';
import { translate } from './translate/translate.ts';
import { ATTRIBUTE_NAMES } from './types/registry.ts';

/** What a source says: the resources it declares and what could not be read or judged. */
export interface SourceReading {
  readonly resources: readonly Resource[];
  readonly notes: readonly NotAnalysed[];
}

export interface TerraformDirectory {
  /** The root module's folder, relative to where people stand. */
  readonly folder: string;
  readonly files: TerraformFiles;
  readonly parameters?: ReadonlyMap<string, string>;
  /** `terraform.workspace`; `default` unless said otherwise. */
  readonly workspace?: string;
}

/**
 * Reads a Terraform configuration (`.tf`, `.tf.json`, variable files, modules in local folders) without
 * running Terraform. Never throws for bad content: that becomes notes, and the rest is read.
 */
export async function readTerraformDirectory(input: TerraformDirectory): Promise<SourceReading> {
  const notes: NotAnalysed[] = [];
  const root = readConfiguration({
    folder: input.folder,
    files: input.files,
    parser: await hclParser(),
    attributeNames: ATTRIBUTE_NAMES,
    parameters: input.parameters ?? new Map(),
    ...(input.workspace === undefined ? {} : { workspace: input.workspace }),
    report: (note) => notes.push(note),
  });
  if (!root) return { resources: [], notes };
  const translation = translate(resourcesIn(root));
  return {
    resources: [...translation.resources, ...backendAndProviders(root)],
    notes: [...notes, ...translation.notes],
  };
}
