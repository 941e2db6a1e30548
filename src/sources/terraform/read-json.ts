import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';
import { type ParsedDocument, parseJson } from '../../kernel/json.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { planResources } from './json/plan.ts';
import { stateFileResources, stateResources } from './json/state.ts';
import { inputNote } from './notes.ts';
import type { SourceReading } from './read-directory.ts';
import { translate } from './translate/translate.ts';

/**
 * Parses a plan or state and passes over what is large: each resource's values are parsed when they are
 * read, one resource after the other, so that a plan of ten thousand resources needs little memory.
 *
 * @throws InputError when the text is no JSON.
 */
export function parseTerraformJson(file: SourceFile): ParsedDocument {
  return parseJson(file, { skip: isReadLater });
}

const UNNEEDED = new Set(['prior_state', 'resource_drift', 'relevant_attributes', 'checks']);

/** Resources of a plan or state lie at depth 5 or deeper, changes at 3, instances of a state file at 5. */
function isReadLater(key: string, depth: number): boolean {
  if (depth === 1) return UNNEEDED.has(key);
  if (key === 'change') return depth === 3;
  return depth >= 5 && (key === 'values' || key === 'expressions' || key === 'attributes');
}

export type TerraformJsonKind = 'plan' | 'state' | 'state-file';

/** What kind of Terraform document a parsed JSON file is, or undefined when it is none. */
export function terraformJsonKind(root: DocumentNode): TerraformJsonKind | undefined {
  if (stringOf(child(root, 'format_version')) !== undefined) {
    if (child(root, 'planned_values') || child(root, 'resource_changes')) return 'plan';
    return child(root, 'values') || child(root, 'terraform_version') ? 'state' : undefined;
  }
  const isStateFile = child(root, 'lineage') !== undefined || child(root, 'terraform_version') !== undefined;
  return isStateFile && child(root, 'serial') !== undefined ? 'state-file' : undefined;
}

/**
 * Reads a plan or state in JSON (`terraform show -json`, "JSON Output Format"; or `terraform.tfstate`).
 * Values that Terraform marks as sensitive are never carried over. Never throws for bad content.
 */
export function readTerraformJson(root: DocumentNode, file: SourceFile): SourceReading {
  const kind = terraformJsonKind(root);
  const refused = refusal(root, kind);
  if (kind === undefined || refused) {
    const problem = refused ?? {
      code: 'terraform-json',
      message: text('this is neither a plan nor a state in JSON', 'JSON形式のplanでもstateでもありません'),
    };
    return { resources: [], notes: [inputNote(file.path, { ...problem, place: placeAt(file, root.start) })] };
  }
  const resources =
    kind === 'plan'
      ? planResources(root, file)
      : kind === 'state'
        ? stateResources(root, file)
        : stateFileResources(root, file);
  return translate(resources);
}

const NEWEST_FORMAT = 1;
const STATE_FILE_VERSION = 4;

/** Terraform raises the major version for changes that older readers misunderstand. */
function refusal(root: DocumentNode, kind: TerraformJsonKind | undefined) {
  const format = stringOf(child(root, 'format_version'));
  if (kind !== 'state-file') {
    const major = Number(format?.split('.')[0]);
    if (format === undefined || (Number.isInteger(major) && major <= NEWEST_FORMAT)) return undefined;
    return {
      code: 'terraform-format',
      message: text(
        `format version ${format} is newer than this program knows (${NEWEST_FORMAT}.x)`,
        `形式のバージョン${format}は、このプログラムが知っているもの(${NEWEST_FORMAT}.x)より新しいため読めません`,
      ),
      remedy: text(
        'update Honmaru, or assess the .tf files themselves',
        'Honmaruを更新するか、.tfファイルそのものを評価してください',
      ),
    };
  }
  const version = child(root, 'version');
  if (version?.kind === 'scalar' && version.value === STATE_FILE_VERSION) return undefined;
  return {
    code: 'terraform-format',
    message: text(
      `only version ${STATE_FILE_VERSION} of the state file is read`,
      `stateファイルはバージョン${STATE_FILE_VERSION}だけを読みます`,
    ),
    remedy: text(
      'assess the output of "terraform show -json"',
      '「terraform show -json」の出力を評価してください',
    ),
  };
}
