import { posix } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import { InputError } from '../../../kernel/errors.ts';
import type { SourceFile } from '../../../kernel/source-file.ts';
import { text } from '../../../kernel/texts.ts';
import type { TerraformFiles } from '../files.ts';
import { parseHcl } from '../hcl/parse.ts';
import { parseHclJson } from '../hcl/parse-json.ts';
import type { Attribute, Block, Body } from '../hcl/syntax.ts';
import { inputNote, noteAt, type Report } from '../notes.ts';
import { overridden } from './override.ts';

/** The declarations of one module folder, before anything is evaluated. */
export interface ModuleSource {
  readonly folder: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  /** `resource` and `data` blocks. */
  readonly resources: readonly Block[];
  /** The same by mode and name: `data aws_ami.linux`. */
  readonly resourceByName: ReadonlyMap<string, Block>;
  readonly calls: ReadonlyMap<string, Block>;
  readonly providers: readonly Block[];
  readonly moved: readonly Block[];
  /** `terraform` blocks. */
  readonly settings: readonly Block[];
}

/** Files whose blocks change those of the others ("Override Files"). */
const OVERRIDE = /(?:^|_)override\.tf(?:\.json)?$/;

/** Reads the `.tf` and `.tf.json` files of a folder; undefined when it has none. */
export function readModuleSource(
  folder: string,
  files: TerraformFiles,
  parser: Parser,
  report: Report,
): ModuleSource | undefined {
  const names = files.namesIn(folder)?.filter((name) => /\.tf(?:\.json)?$/.test(name)) ?? [];
  if (names.length === 0) return undefined;
  const read = (name: string) => {
    const path = posix.join(folder, name);
    const content = files.read(path);
    if (content === undefined) {
      report({
        kind: 'input',
        what: path,
        reason: text('the file cannot be read or is too large', 'ファイルを読めないか、大きすぎます'),
      });
      return [];
    }
    return [parseFile({ path, text: content }, parser, report)];
  };
  const blocks = names
    .filter((name) => !OVERRIDE.test(name))
    .flatMap(read)
    .flatMap((body) => body.blocks);
  const overriding = names.filter((name) => OVERRIDE.test(name)).flatMap(read);
  return collect(
    folder,
    overridden(
      blocks,
      overriding.flatMap((body) => body.blocks),
    ),
    report,
  );
}

/** Parses one configuration file of either syntax; problems are reported and what is whole is returned. */
export function parseFile(file: SourceFile, parser: Parser, report: Report): Body {
  try {
    const { body, problems } = file.path.endsWith('.json')
      ? parseHclJson(parser, file)
      : parseHcl(parser, file);
    for (const problem of problems) report(inputNote(file.path, problem));
    return body;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(
      inputNote(file.path, {
        code: error.code,
        message: error.text,
        ...(error.remedy ? { remedy: error.remedy } : {}),
        ...(error.place ? { place: error.place } : {}),
      }),
    );
    return { attributes: new Map(), blocks: [], span: { file, start: 0, end: 0 } };
  }
}

const KNOWN_BLOCKS = new Set(['import', 'removed', 'check', 'ephemeral', 'moved', 'terraform', 'provider']);

function collect(folder: string, blocks: readonly Block[], report: Report): ModuleSource {
  const source = {
    folder,
    variables: new Map<string, Block>(),
    locals: new Map<string, Attribute>(),
    outputs: new Map<string, Block>(),
    resources: [] as Block[],
    resourceByName: new Map<string, Block>(),
    calls: new Map<string, Block>(),
    providers: [] as Block[],
    moved: [] as Block[],
    settings: [] as Block[],
  };
  for (const block of blocks) {
    const [name = ''] = block.labels;
    if (block.type === 'variable') addOnce(source.variables, name, block, report);
    else if (block.type === 'output') addOnce(source.outputs, name, block, report);
    else if (block.type === 'module') addOnce(source.calls, name, block, report);
    else if (block.type === 'resource' || block.type === 'data') addResource(source, block, report);
    else if (block.type === 'locals') addLocals(source.locals, block);
    else if (block.type === 'provider') source.providers.push(block);
    else if (block.type === 'moved') source.moved.push(block);
    else if (block.type === 'terraform') source.settings.push(block);
    else if (!KNOWN_BLOCKS.has(block.type)) report(unknownBlock(block));
  }
  return source;
}

function addLocals(locals: Map<string, Attribute>, block: Block): void {
  for (const [name, attribute] of block.body.attributes) if (!locals.has(name)) locals.set(name, attribute);
}

function addOnce(declared: Map<string, Block>, name: string, block: Block, report: Report): void {
  if (declared.has(name)) report(declaredTwice(`${block.type} "${name}"`, block));
  else declared.set(name, block);
}

function addResource(
  source: { resources: Block[]; resourceByName: Map<string, Block> },
  block: Block,
  report: Report,
): void {
  const [type, name] = block.labels;
  if (!type || !name) {
    report(
      noteAt(
        'input',
        block.span.file.path,
        block.span,
        text(`a ${block.type} block needs a type and a name`, `${block.type}ブロックには型と名前が必要です`),
      ),
    );
    return;
  }
  const key = `${block.type} ${type}.${name}`;
  if (source.resourceByName.has(key)) {
    report(declaredTwice(`${type}.${name}`, block));
    return;
  }
  source.resourceByName.set(key, block);
  source.resources.push(block);
}

function declaredTwice(what: string, block: Block) {
  return noteAt(
    'input',
    block.span.file.path,
    block.span,
    text(
      `${what} is declared twice in this module; the first was read`,
      `${what}がこのモジュールで二度宣言されています(先のものを読みました)`,
    ),
  );
}

function unknownBlock(block: Block) {
  return noteAt(
    'unsupported',
    block.span.file.path,
    block.span,
    text(`"${block.type}" blocks are not read`, `「${block.type}」ブロックは読みません`),
  );
}
