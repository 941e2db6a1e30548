import { basename, dirname, join, resolve, sep } from 'node:path';
import { child, type DocumentNode } from '../kernel/document.ts';
import type { ParsedDocument } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import { placeAt, type SourceFile } from '../kernel/source-file.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import { assemblyStacks } from '../sources/cloudformation/cdk-assembly.ts';
import {
  isLocalLocation,
  type NestedLocation,
  nestedLocations,
} from '../sources/cloudformation/nested-stacks.ts';
import { inputNote, note } from '../sources/cloudformation/note.ts';
import type { TemplateFile } from '../sources/cloudformation/read-stacks.ts';
import { isTemplate, looksLikeTemplate } from '../sources/cloudformation/template.ts';
import { parseDocument } from '../sources/documents/parse-document.ts';
import { readSource } from '../sources/documents/read-file.ts';
import { type DeclaredFolder, declaredNames } from './declarations.ts';
import { detailsOfCaught, type InputFile, type Inputs, shownPath } from './inputs.ts';
import { stackNames } from './stack-names.ts';

export interface LoadOptions {
  readonly cwd: string;
  readonly declared: readonly DeclaredFolder[];
  readonly report: (note: NotAnalysed) => void;
  readonly onProgress?: (message: Text) => void;
  /** Texts that count instead of what the files hold now, by absolute path. */
  readonly edited?: ReadonlyMap<string, EditedFile>;
}

/** A text that is not on disk (yet), and the document that was read from it where there is one. */
export interface EditedFile {
  readonly text: string;
  readonly parsed?: ParsedDocument & { readonly file: SourceFile };
}

/** Deepest chain of stacks within stacks that is followed. */
const DEEPEST = 10;

/**
 * Loads the CloudFormation templates among the inputs: those of a CDK assembly under the names of their
 * stacks, nested ones below the stack that contains them, the others each as a stack of its own.
 */
export async function loadTemplates(inputs: Inputs, options: LoadOptions): Promise<readonly TemplateFile[]> {
  return new TemplateLoader(inputs, options).load();
}

interface Loaded {
  readonly path: string;
  readonly shown: string;
  readonly file: SourceFile;
  readonly root: DocumentNode;
}

/** A file that is named needs only resources to be one: then what is wrong with them is said. */
function isMeantAsTemplate(root: DocumentNode, { explicit }: InputFile): boolean {
  const resources = child(root, 'Resources');
  return isTemplate(root) || (explicit && resources?.kind === 'map' && resources.entries.length > 0);
}

class TemplateLoader {
  readonly #inputs: Inputs;
  readonly #options: LoadOptions;
  readonly #loaded = new Map<string, Loaded | undefined>();
  /** Names that CDK assemblies give to their templates. */
  readonly #assembled = new Map<string, string>();
  readonly #assemblies = new Set<string>();
  /** Templates that are part of another stack. */
  readonly #nested = new Set<string>();
  readonly #marked = new Set<string>();
  #stacks = 0;

  constructor(inputs: Inputs, options: LoadOptions) {
    this.#inputs = inputs;
    this.#options = options;
  }

  async load(): Promise<readonly TemplateFile[]> {
    for (const input of this.#inputs.files) await this.#readManifest(input);
    const found: Loaded[] = [];
    for (const input of this.#inputs.files) {
      if (this.#assemblies.has(dirname(input.path)) && !this.#assembled.has(input.path)) continue;
      const loaded = await this.#load(input);
      if (loaded) found.push(loaded);
    }
    for (const each of found) if (!this.#marked.has(each.path)) await this.#markNested(each, []);
    const roots = found.filter(({ path }) => !this.#nested.has(path));
    const names = this.#names(roots);
    return roots.flatMap((each, index) => {
      const deployedName = this.#declaredName(each.path);
      return [this.#templateFile(each, names[index] ?? each.shown, deployedName, [])];
    });
  }

  #names(roots: readonly Loaded[]): readonly string[] {
    return stackNames(
      roots.map(({ path, shown }) => ({
        shown,
        declared: this.#declaredName(path),
        environment: declaredNames(path, this.#options.declared).environment,
      })),
    );
  }

  #declaredName(path: string): string | undefined {
    return declaredNames(path, this.#options.declared).declared ?? this.#assembled.get(path);
  }

  async #readManifest(input: InputFile): Promise<void> {
    if (basename(input.path) !== 'manifest.json') return;
    const document = await this.#parse(input);
    const stacks = document && assemblyStacks(document.root);
    if (!stacks) return;
    const folder = dirname(input.path);
    this.#assemblies.add(folder);
    for (const { templateFile, stackName } of stacks)
      this.#assembled.set(join(folder, templateFile), stackName);
  }

  /** Parses an input when it is a template; notes what is wrong with it. */
  async #load(input: InputFile): Promise<Loaded | undefined> {
    const before = this.#loaded.get(input.path);
    if (before || this.#loaded.has(input.path)) return before;
    const document = await this.#parse(input);
    const loaded = document && isMeantAsTemplate(document.root, input) ? document : undefined;
    if (document && !loaded && input.explicit) this.#options.report(notATemplate(input.shown));
    this.#loaded.set(input.path, loaded);
    return loaded;
  }

  async #parse(input: InputFile): Promise<Loaded | undefined> {
    const { path, shown, explicit } = input;
    this.#options.onProgress?.(text(`reading ${shown}`, `${shown} を読んでいます`));
    let file: SourceFile | undefined;
    try {
      const edited = this.#options.edited?.get(path);
      file = edited?.parsed?.file ?? (edited ? { path: shown, text: edited.text } : readSource(path, shown));
      if (!explicit && basename(path) !== 'manifest.json' && !looksLikeTemplate(file.text)) return undefined;
      const { root, problems } = edited?.parsed ?? (await parseDocument(file));
      if (isMeantAsTemplate(root, input))
        for (const problem of problems) this.#options.report(inputNote(shown, problem));
      return { path, shown, file, root };
    } catch (error) {
      const details = detailsOfCaught(error);
      this.#options.report(inputNote(shown, details));
      return undefined;
    }
  }

  /** Loads the local templates of nested stacks, so that they can be put in their places. */
  async #markNested(parent: Loaded, ancestors: readonly string[]): Promise<void> {
    const chain = [...ancestors, parent.path];
    for (const location of nestedLocations(parent.root)) {
      const path = this.#localPath(parent, location);
      if (path === undefined) continue;
      if (chain.includes(path) || chain.length > DEEPEST) {
        this.#options.report(this.#nestedNote('input', parent, location, CONTAINS_ITSELF));
        continue;
      }
      const loaded = await this.#load({ path, shown: shownPath(path, this.#options.cwd), explicit: true });
      if (!loaded) continue;
      this.#nested.add(path);
      if (!this.#marked.has(path)) await this.#markNested(loaded, chain);
    }
    this.#marked.add(parent.path);
  }

  /** The file that a nested stack is written in; what lies elsewhere is noted. */
  #localPath(parent: Loaded, location: NestedLocation): string | undefined {
    if (location.location === undefined || !isLocalLocation(location.location)) {
      this.#options.report(this.#nestedNote('unsupported', parent, location, LIES_ELSEWHERE));
      return undefined;
    }
    const path = resolve(dirname(parent.path), location.location);
    if (this.#isGiven(path)) return path;
    this.#options.report(this.#nestedNote('unsupported', parent, location, NOT_GIVEN));
    return undefined;
  }

  #isGiven(path: string): boolean {
    return (
      this.#inputs.folders.some((folder) => path.startsWith(folder + sep)) ||
      this.#inputs.files.some((file) => file.path === path)
    );
  }

  #nestedNote(
    kind: NotAnalysed['kind'],
    parent: Loaded,
    location: NestedLocation,
    reason: Text,
  ): NotAnalysed {
    return note(kind, { file: parent.file, at: location.node, what: location.logicalId, reason });
  }

  #templateFile(
    loaded: Loaded,
    stack: string,
    deployedName: string | undefined,
    ancestors: readonly string[],
  ): TemplateFile {
    const chain = [...ancestors, loaded.path];
    const nested = new Map<string, TemplateFile>();
    for (const nestedLocation of nestedLocations(loaded.root)) {
      const { logicalId, location } = nestedLocation;
      const path = location === undefined ? undefined : resolve(dirname(loaded.path), location);
      const inner = path === undefined || chain.includes(path) ? undefined : this.#loaded.get(path);
      if (!inner || chain.length > DEEPEST) continue;
      this.#stacks += 1;
      if (this.#stacks === LIMITS.stacks) {
        this.#options.report(this.#nestedNote('input', loaded, nestedLocation, TOO_MANY));
      }
      if (this.#stacks >= LIMITS.stacks) break;
      nested.set(logicalId, this.#templateFile(inner, `${stack}.${logicalId}`, undefined, chain));
    }
    const { file, root } = loaded;
    return { stack, file, root, nested, ...(deployedName === undefined ? {} : { deployedName }) };
  }
}

const CONTAINS_ITSELF = text(
  'this nested stack contains itself, or is nested too deep',
  'このネストされたスタックは自分自身を含むか、入れ子が深すぎます',
);
const TOO_MANY = text(
  `there are more than ${LIMITS.stacks} nested stacks; the rest was not read`,
  `ネストされたスタックが${LIMITS.stacks}を超えました。残りは読んでいません`,
);
const LIES_ELSEWHERE = text(
  "the nested stack's template is not a local file, so what it makes was not read",
  'ネストされたスタックのテンプレートがローカルのファイルではないため、その中身を読んでいません',
);
const NOT_GIVEN = text(
  "the nested stack's template lies outside the given paths; give it too",
  'ネストされたスタックのテンプレートが指定されたパスの外にあります。それも指定してください',
);

function notATemplate(shown: string): NotAnalysed {
  return {
    kind: 'input',
    what: shown,
    reason: text('this is not a CloudFormation template', 'CloudFormationテンプレートではありません'),
    remedy: text(
      'give a file with a Resources section',
      'Resources セクションのあるファイルを指定してください',
    ),
    source: placeAt({ path: shown, text: '' }, 0),
  };
}
