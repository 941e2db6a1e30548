export { filesInMemory, filesOnDisk, type TerraformFiles, withEdited } from './files.ts';
export { readTerraformDirectory, type SourceReading, type TerraformDirectory } from './read-directory.ts';
export { parseTerraformJson, readTerraformJson, terraformJsonKind } from './read-json.ts';
export { belowRoot } from './rename.ts';
export { rootModules } from './root-modules.ts';
