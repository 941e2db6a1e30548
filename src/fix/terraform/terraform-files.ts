import { posix } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import type { ResourceGraph } from '../../environment/graph.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import { hclParser } from '../../sources/terraform/hcl/grammar.ts';
import { parseHcl } from '../../sources/terraform/hcl/parse.ts';
import type { Block, Body } from '../../sources/terraform/hcl/syntax.ts';
import { TYPES } from '../../sources/terraform/types/registry.ts';
import { Refusal, refuseAt } from '../document/refusal.ts';
import type { EditedFiles, FileChange } from '../plan/file-change.ts';
import { newlineOf } from '../text/lines.ts';
import { applySplices, overlap, type Splice } from '../text/splices.ts';
import { alignLines } from './align.ts';
import { gathered } from './gathered.ts';
import { withLogStreams } from './log-streams.ts';
import { type HclWish, mergedInto, removedArgument, removedBlock } from './merge.ts';
import { dataBlocksFor } from './pseudo-parameters.ts';
import { addedBlocks, addressIn, addressOf, referenceWriter, setProperty, snakeCase } from './render-edit.ts';

/** The file in which added resources are gathered. */
export const ADDED_FILE = 'honmaru-safeguards.tf';

const HEADER = [
  '# Safeguards that "honmaru fix" added. Review them like any other change; delete what you do not want.',
];

interface OpenHcl {
  readonly file: SourceFile;
  readonly body: Body;
}

interface Granted {
  readonly text: string;
  readonly wish: HclWish;
  readonly file: SourceFile;
  readonly by: Set<string>;
}

interface AddedResource {
  readonly lines: readonly string[];
  readonly folder: string;
  readonly by: Set<string>;
}

/** The Terraform files of one round: what is asked of them so far. */
export class TerraformFiles {
  readonly #graph: ResourceGraph;
  readonly #read: (path: string) => string | undefined;
  readonly #parser: Parser;
  readonly #open = new Map<string, OpenHcl>();
  readonly #granted = new Map<string, Granted>();
  readonly #added = new Map<string, AddedResource>();

  private constructor(graph: ResourceGraph, read: (path: string) => string | undefined, parser: Parser) {
    this.#graph = graph;
    this.#read = read;
    this.#parser = parser;
  }

  /** @param read the text of a file as it is now, by the path under which people know it */
  static async of(graph: ResourceGraph, read: (path: string) => string | undefined): Promise<TerraformFiles> {
    return new TerraformFiles(graph, read, await hclParser());
  }

  /**
   * Grants edits, all or none.
   *
   * @throws Refusal where one has no words in Terraform, or is not certain.
   */
  grant(edits: readonly Edit[], home: SourceFile, id: string): 'granted' | 'deferred' {
    const added = new Map(
      edits.flatMap((edit) => (edit.kind === 'add-resource' ? [[edit.logicalId, edit] as const] : [])),
    );
    const write = referenceWriter(added);
    const folder = posix.dirname(home.path);
    const wishes: { readonly wish: HclWish; readonly file: SourceFile }[] = [];
    const resources: { readonly address: string; readonly lines: readonly string[] }[] = [];
    for (const edit of gathered(edits.map((each) => withLogStreams(each, added)))) {
      if (edit.kind === 'command') continue;
      if (edit.kind === 'add-resource') {
        const blocks = addedBlocks(edit, write);
        if (!blocks) throw new Refusal(noWords(edit.type));
        resources.push(...blocks);
        continue;
      }
      const resource = this.#graph.get(edit.resource);
      if (!resource) throw new Refusal(NOT_DECLARED);
      const block = this.#blockOf(resource);
      if (edit.kind === 'set-attribute') {
        for (const wish of this.#merged(block, PREVENT_DESTROY, 'add')) {
          wishes.push({ wish, file: block.span.file });
        }
        continue;
      }
      if (edit.kind === 'remove-property') {
        for (const wish of removed(block, resource, edit.path)) wishes.push({ wish, file: block.span.file });
        continue;
      }
      const lines = setProperty(edit, write);
      if (!lines) throw new Refusal(noWords(`${resource.type} ${edit.path.join('.')}`));
      const address = addressIn(lines);
      if (address !== `${block.labels[0]}.${block.labels[1]}`) {
        refuseExclusive(block, address);
        const beside = this.#besideOf(resource, address);
        if (!beside) resources.push({ address, lines });
        else
          for (const wish of this.#merged(beside, lines, 'add'))
            wishes.push({ wish, file: beside.span.file });
        continue;
      }
      const replaces =
        edit.path[0] !== 'LoadBalancerAttributes' &&
        Array.isArray(edit.value) &&
        !/^\d+$/.test(edit.path.at(-1) ?? '');
      for (const wish of this.#merged(block, lines, replaces ? 'replace' : 'add')) {
        wishes.push({ wish, file: block.span.file });
      }
    }
    const news = this.#newOnes(
      [...afterAttachments(resources), ...dataBlocksFor(resources.flatMap(({ lines }) => lines))],
      folder,
    );
    if (wishes.some(({ wish }) => (this.#granted.get(wish.key)?.text ?? wish.text) !== wish.text))
      return 'deferred';
    if (this.#wouldOverlap(wishes)) return 'deferred';
    for (const { wish, file } of wishes) this.#grantWish(wish, file, id);
    for (const { address, lines } of news) {
      const there = this.#added.get(address);
      if (there) there.by.add(id);
      else this.#added.set(address, { lines, folder, by: new Set([id]) });
    }
    return 'granted';
  }

  /** The address under which an earlier change added what remedies call by an agreed name (`LogBucket`). */
  ownName(name: string): string | undefined {
    const ending = `.${snakeCase(name)}`;
    return this.#graph.resources.find(
      ({ name: address, span }) => address.endsWith(ending) && posix.basename(span.file.path) === ADDED_FILE,
    )?.name;
  }

  #grantWish(wish: HclWish, file: SourceFile, id: string): void {
    const there = this.#granted.get(wish.key);
    if (there) there.by.add(id);
    else this.#granted.set(wish.key, { text: wish.text, wish, file, by: new Set([id]) });
  }

  #wouldOverlap(wishes: readonly { readonly wish: HclWish; readonly file: SourceFile }[]): boolean {
    for (const file of new Set(wishes.map((each) => each.file))) {
      const splices = new Map<string, Splice>();
      for (const [key, granted] of this.#granted) {
        if (granted.file === file) splices.set(key, granted.wish.splice([]));
      }
      for (const { wish, file: own } of wishes) if (own === file) splices.set(wish.key, wish.splice([]));
      if (overlap([...splices.values()])) return true;
    }
    return false;
  }

  #merged(block: Block, lines: readonly string[], repeated: 'add' | 'replace'): readonly HclWish[] {
    return mergedInto(
      this.#parser,
      block,
      lines.slice(1, -1).map((line) => line.replace(/^ {2}/, '')),
      repeated,
    );
  }

  /** Added blocks that are not there yet. @throws Refusal for an address that the files use for something else. */
  #newOnes(
    blocks: readonly { readonly address: string; readonly lines: readonly string[] }[],
    folder: string,
  ): readonly { readonly address: string; readonly lines: readonly string[] }[] {
    const own = this.#text(posix.join(folder, ADDED_FILE)) ?? '';
    return blocks.filter(({ address, lines }) => {
      const first = lines[0] ?? '';
      if (own.includes(`${first.replace(/ \{\}?$/, '')} {`)) return false;
      const asked = this.#added.get(address);
      if (asked) {
        if (asked.lines.join('\n') === lines.join('\n')) return true;
        throw new Refusal(taken(address));
      }
      if (this.#graph.get(`tf:${address}`)) throw new Refusal(taken(address));
      return true;
    });
  }

  #text(path: string): string | undefined {
    return this.#open.get(path)?.file.text ?? this.#read(path);
  }

  #bodyOf(file: SourceFile): OpenHcl {
    let open = this.#open.get(file.path);
    if (!open) {
      const { body, problems } = parseHcl(this.#parser, file);
      const [problem] = problems;
      if (problem) throw new Refusal(problem.message, problem.place);
      open = { file, body };
      this.#open.set(file.path, open);
    }
    return open;
  }

  /** The block that declares a resource. @throws Refusal where it is not a plain block of a `.tf` file. */
  #blockOf(resource: Resource): Block {
    const { file, start } = resource.span;
    if (!/\.tf$/.test(file.path)) throw new Refusal(NOT_DECLARED);
    const address = addressOf(resource.id);
    const block = this.#bodyOf(file).body.blocks.find(
      (each) =>
        each.type === 'resource' && each.labels[0] === address?.type && each.labels[1] === address?.name,
    );
    if (block && !block.body.attributes.has('count') && !block.body.attributes.has('for_each')) return block;
    throw refuseAt(
      file,
      start,
      text(
        `${resource.name} is made by a module, count or for_each; change what makes it`,
        `${resource.name} はモジュール・count・for_each で作られています。元の記述を変更してください`,
      ),
    );
  }

  /** The block beside a resource that already gives what another one was to give. */
  #besideOf(resource: Resource, address: string): Block | undefined {
    const [type = ''] = address.split('.');
    const own = addressOf(resource.id);
    const files = new Set(
      this.#graph.resources.map(({ span }) => span.file).filter(({ path }) => /\.tf$/.test(path)),
    );
    for (const file of files) {
      if (posix.dirname(file.path) !== posix.dirname(resource.span.file.path)) continue;
      for (const block of this.#bodyOf(file).body.blocks) {
        if (
          block.type !== 'resource' ||
          block.labels[0] !== type ||
          type === 'aws_iam_role_policy_attachment'
        )
          continue;
        const target = block.body.attributes.get('bucket')?.value.span;
        const written = target ? file.text.slice(target.start, target.end) : '';
        if (written.startsWith(`${own?.type}.${own?.name}.`)) return block;
      }
    }
    return undefined;
  }

  /** The changed and added files; none where a changed one could not be read again. */
  finish(): EditedFiles {
    const files: FileChange[] = [];
    const all = [...this.#granted.values()];
    for (const file of new Set(all.map((each) => each.file))) {
      const splices = all.filter((each) => each.file === file).map(({ wish, by }) => wish.splice([...by]));
      const after = applySplices(file.text, splices);
      if (parseHcl(this.#parser, { path: file.path, text: after }).problems.length > 0) return this.#failed();
      if (after !== file.text) files.push({ file, after, splices, isNew: false });
    }
    for (const folder of new Set([...this.#added.values()].map((each) => each.folder))) {
      const added = this.#addedFile(folder);
      const { path } = added.file;
      if (parseHcl(this.#parser, { path, text: added.after }).problems.length > 0) return this.#failed();
      files.push(added);
    }
    return { files, failures: new Map() };
  }

  #failed(): EditedFiles {
    const refusal = new Refusal(NOT_PROVED);
    const ids = [...this.#granted.values(), ...this.#added.values()].flatMap(({ by }) => [...by]);
    return { files: [], failures: new Map(ids.map((id) => [id, refusal])) };
  }

  #addedFile(folder: string): FileChange {
    const path = posix.join(folder, ADDED_FILE);
    const before = this.#read(path);
    const text = before ?? '';
    const newline = newlineOf(text);
    const start = text.length;
    const header = before === undefined ? `${HEADER.join(newline)}${newline}` : '';
    const splices = [...this.#added.values()]
      .filter((each) => each.folder === folder)
      .map(({ lines, by }, index): Splice => {
        const body = `${newline}${alignLines(lines).join(newline)}${newline}`;
        return { start, end: start, text: (index === 0 ? header : '') + body, by: [...by] };
      });
    return { file: { path, text }, after: applySplices(text, splices), splices, isNew: before === undefined };
  }
}

interface Added {
  readonly address: string;
  readonly lines: readonly string[];
}

/** AWS tries the role of a trail or flow log when it is told of it: the role's permissions must be there first. */
function afterAttachments(blocks: readonly Added[]): readonly Added[] {
  const attachments = blocks.filter(({ address }) => address.startsWith('aws_iam_role_policy_attachment.'));
  return blocks.map((block) => {
    if (!/^aws_(?:cloudtrail|flow_log)\./.test(block.address)) return block;
    const role = /aws_iam_role\.[\w-]+/.exec(block.lines.join('\n'))?.[0];
    const needed = attachments.filter(({ lines }) => role && lines.some((line) => line.includes(`${role}.`)));
    if (needed.length === 0) return block;
    const names = needed.map(({ address }) => address).join(', ');
    return { ...block, lines: [...block.lines.slice(0, -1), `  depends_on = [${names}]`, '}'] };
  });
}

/** @throws Refusal where a role's own list of policies would take an attachment away again. */
function refuseExclusive(block: Block, address: string): void {
  const list = block.body.attributes.get('managed_policy_arns');
  if (!list || !address.startsWith('aws_iam_role_policy_attachment.')) return;
  throw refuseAt(
    block.span.file,
    list.span.start,
    text(
      'managed_policy_arns takes away what is attached elsewhere; add the policy there',
      'managed_policy_arns は他の場所での関連付けを外すため、ここに直接ポリシーを追加してください',
    ),
  );
}

/** What keeps a resource, within the first and last line of a block. */
const PREVENT_DESTROY = ['{', '  lifecycle {', '    prevent_destroy = true', '  }', '}'];

const NOT_DECLARED = text(
  'the place is not declared in a .tf file here (JSON, plans and states are not edited)',
  'この場所は .tf ファイルで宣言されていません(JSON・プラン・ステートは編集しません)',
);
const NOT_PROVED = text(
  'the edited file could not be read again, so it was left alone (a defect of Honmaru)',
  '編集後のファイルを読み直せないため、変更しませんでした(Honmaruの不具合)',
);

function noWords(what: string) {
  return text(
    `no words for ${what} in Terraform are known here; "honmaru explain" shows it in CloudFormation's`,
    `${what} に対応するTerraformの記述がここにはありません。「honmaru explain」でCloudFormationの書き方を表示します`,
  );
}

function taken(address: string) {
  return text(`${address} means something else already`, `${address} は既に別のものとして使われています`);
}

/** The wishes that take out a property: an argument, or the one block that gives an item of a list. */
function removed(block: Block, resource: Resource, path: readonly string[]): readonly HclWish[] {
  const [property = '', index] = path;
  if (path.length === 1) {
    const fields = TYPES.find(({ terraform }) => terraform === block.labels[0])?.fields ?? {};
    const argument = Object.entries(fields).find(([, field]) => field === property)?.[0];
    if (argument === undefined) throw new Refusal(noWords(property));
    return removedArgument(block, argument);
  }
  const items = itemsOf(get(resource.properties, property));
  const item = items[Number(index)];
  const inside = (each: Block, at: number) => each.span.start <= at && at < each.span.end;
  const found = item && block.body.blocks.find((each) => inside(each, item.span.start));
  const shared = found
    ? items.filter(({ span }) => span.file.path === found.span.file.path && inside(found, span.start))
    : [];
  if (found && shared.length === 1) return [removedBlock(found)];
  throw refuseAt(
    block.span.file,
    found?.span.start ?? block.span.start,
    text(
      'the block gives more than this one rule; split it first',
      'このブロックは複数のルールを表しています。先に分割してください',
    ),
  );
}
