import { posix } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import type { ResourceGraph } from '../../environment/graph.ts';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import { hclParser } from '../../sources/terraform/hcl/grammar.ts';
import { parseHcl } from '../../sources/terraform/hcl/parse.ts';
import type { Block, Body } from '../../sources/terraform/hcl/syntax.ts';
import { Refusal, refuseAt } from '../document/refusal.ts';
import type { EditedFiles, FileChange } from '../plan/file-change.ts';
import { newlineOf } from '../text/lines.ts';
import { applySplices, overlap, type Splice } from '../text/splices.ts';
import { afterAttachments } from './after-attachments.ts';
import { alignLines } from './align.ts';
import { gathered } from './gathered.ts';
import { withLogStreams } from './log-streams.ts';
import { addedArguments, type HclWish, mergedInto } from './merge.ts';
import { dataBlocksFor } from './pseudo-parameters.ts';
import { besideEach, NOT_DECLARED, NOT_PROVED, noWords, refuseExclusive, taken } from './reasons.ts';
import { removedProperty } from './removed-property.ts';
import { addedBlocks, addressIn, addressOf, referenceWriter, setProperty, snakeCase } from './render-edit.ts';
import {
  isShared,
  madeByOne,
  notAsked,
  refuseOwnResources,
  refuseUncertain,
  SharedWishes,
  sharedNote,
} from './shared-blocks.ts';

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

/** A wish with the file that it changes, for the resource that asks for it. */
interface Asked {
  readonly wish: HclWish;
  readonly file: SourceFile;
  readonly resource: Resource;
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
  readonly #shared = new SharedWishes();

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
    const wishes: Asked[] = [];
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
      if (isShared(resource)) refuseUncertain(resource, block, edits);
      if (edit.kind === 'set-attribute') {
        for (const wish of this.#merged(block, PREVENT_DESTROY, 'add')) {
          wishes.push({ wish, file: block.span.file, resource });
        }
        continue;
      }
      if (edit.kind === 'remove-property') {
        for (const wish of removedProperty(block, resource, edit.path)) {
          wishes.push({ wish, file: block.span.file, resource });
        }
        continue;
      }
      const own = `${block.labels[0]}.${block.labels[1]}`;
      const lines = setProperty({ ...edit, resource: `tf:${own}` }, write);
      if (!lines) throw new Refusal(noWords(`${resource.type} ${edit.path.join('.')}`));
      const address = addressIn(lines);
      if (address !== own) {
        if (isShared(resource))
          throw refuseAt(block.span.file, block.span.start, besideEach(resource, address));
        refuseExclusive(block, address);
        const beside = this.#besideOf(resource, address);
        if (!beside) resources.push({ address, lines });
        else
          for (const wish of this.#merged(beside, lines, 'add'))
            wishes.push({ wish, file: beside.span.file, resource });
        continue;
      }
      const replaces =
        edit.path[0] !== 'LoadBalancerAttributes' &&
        Array.isArray(edit.value) &&
        !/^\d+$/.test(edit.path.at(-1) ?? '');
      const item = itemSpan(resource, edit.path);
      for (const wish of this.#merged(block, lines, replaces ? 'replace' : 'add', item)) {
        wishes.push({ wish, file: block.span.file, resource });
      }
    }
    const news = this.#newOnes(
      [...afterAttachments(resources), ...dataBlocksFor(resources.flatMap(({ lines }) => lines))],
      folder,
    );
    const other = wishes.find(({ wish }) => (this.#granted.get(wish.key)?.text ?? wish.text) !== wish.text);
    if (other && isShared(other.resource)) {
      throw notAsked(other.resource, madeByOne(this.#graph, other.resource));
    }
    if (other) return 'deferred';
    if (this.#wouldOverlap(wishes)) return 'deferred';
    for (const { wish, file, resource } of wishes) {
      this.#grantWish(wish, file, id);
      if (isShared(resource)) {
        this.#shared.ask(wish.key, resource, madeByOne(this.#graph, resource), id);
      }
    }
    for (const { address, lines } of news) {
      const there = this.#added.get(address);
      if (there) there.by.add(id);
      else this.#added.set(address, { lines, folder, by: new Set([id]) });
    }
    return 'granted';
  }

  /** @throws Refusal where each of what the block of a place makes would need resources of its own. */
  refuseOwnResources(place: Resource, edits: readonly Edit[]): void {
    refuseOwnResources(place, edits);
  }

  /** What gets a change of a place besides the place itself, for people to know before. */
  noteOf(place: Resource): readonly Text[] {
    return sharedNote(place, madeByOne(this.#graph, place));
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

  #merged(
    block: Block,
    lines: readonly string[],
    repeated: 'add' | 'replace',
    item?: Span,
  ): readonly HclWish[] {
    return mergedInto(
      this.#parser,
      block,
      lines.slice(1, -1).map((line) => line.replace(/^ {2}/, '')),
      repeated,
      item,
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
    const ending = `.${resource.name.replaceAll(/\[[^\]]*\]/g, '')}`;
    const block = this.#bodyOf(file).body.blocks.find(
      (each) => each.type === 'resource' && ending.endsWith(`.${each.labels[0]}.${each.labels[1]}`),
    );
    if (block) return block;
    throw refuseAt(
      file,
      start,
      text(
        `no block of ${file.path} declares ${resource.name}; change what makes it`,
        `${file.path} に ${resource.name} を宣言するブロックがありません。元の記述を変更してください`,
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
    const failures = this.#withdrawUnlike();
    const files: FileChange[] = [];
    const all = [...this.#granted.values()];
    for (const file of new Set(all.map((each) => each.file))) {
      const splices = splicesOf(all.filter((each) => each.file === file));
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
    return { files, failures };
  }

  /** Takes back the changes of shared blocks that not everything which they make asks for alike. */
  #withdrawUnlike(): ReadonlyMap<string, Refusal> {
    const failures = new Map<string, Refusal>();
    for (;;) {
      const more = this.#shared.unlike(new Set(failures.keys()));
      if (more.size === 0) return failures;
      for (const [id, refusal] of more) {
        failures.set(id, refusal);
        withdraw(this.#granted, id);
        withdraw(this.#added, id);
      }
    }
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

/** The splices of one file; one-line arguments that the same changes add to one block stand together. */
function splicesOf(granted: readonly Granted[]): readonly Splice[] {
  const groups = Map.groupBy(granted, ({ wish, by }) =>
    wish.into ? `${wish.into.span.start} ${[...by].join(' ')}` : wish.key,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (group.length === 1 || !first?.wish.into) return group.map(({ wish, by }) => wish.splice([...by]));
    return addedArguments(
      first.wish.into,
      group.map(({ wish }) => wish),
      [...first.by],
    );
  });
}

/** Where the item of a list stands that a path leads to; undefined for one that is not there yet. */
function itemSpan(resource: Resource, path: readonly string[]): Span | undefined {
  const at = path.findIndex((step) => /^\d+$/.test(step));
  if (at < 0 || at === path.length - 1) return undefined;
  const list = path.slice(0, at).reduce((value, step) => get(value, step), resource.properties);
  const item = itemsOf(list)[Number(path[at])];
  return item?.kind === 'map' ? item.span : undefined;
}

/** Takes a change back from what is asked for; what nobody else asks for goes. */
function withdraw(asked: Map<string, { readonly by: Set<string> }>, id: string): void {
  for (const [key, { by }] of asked) if (by.delete(id) && by.size === 0) asked.delete(key);
}

/** What keeps a resource, within the first and last line of a block. */
const PREVENT_DESTROY = ['{', '  lifecycle {', '    prevent_destroy = true', '  }', '}'];
