import { child, type DocumentNode, type MapEntry, type Scalar } from '../kernel/document.ts';
import type { ProblemDetails } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { placeAt, type SourceFile } from '../kernel/source-file.ts';
import { type Text, text } from '../kernel/texts.ts';
import type {
  AssetDeclaration,
  Declaration,
  DeclaredMove,
  DeclaredSafeguard,
  Scope,
} from '../model/declaration.ts';

export const DECLARATION_NAME = 'honmaru.yaml';
export const DECLARATION_SCHEMA = 'honmaru.declaration/1';

/** What `honmaru.yaml` says: the declaration and the stacks' names by file. */
export interface DeclarationReading {
  readonly declaration: Declaration;
  /** Path of a template, relative to the declaration → the name its stack is deployed under. */
  readonly stacks: ReadonlyMap<string, string>;
  readonly problems: readonly ProblemDetails[];
}

const FIELDS = [
  'schema',
  'name',
  'scope',
  'owner',
  'team',
  'stacks',
  'parameters',
  'assets',
  'safeguards',
  'moved',
];
const ASSET_FIELDS = ['confidentiality', 'integrity', 'availability', 'manager', 'holds'];
const SAFEGUARD_FIELDS = ['state', 'resource', 'says'];
const STATES: readonly DeclaredSafeguard['state'][] = ['on', 'partial', 'off'];
const SCOPES: readonly Scope[] = ['application', 'account'];
const CLASSES = ['confidentiality', 'integrity', 'availability'] as const;

/** Reads the content of `honmaru.yaml`; what is wrong in it is told with its line and left out. */
export function readDeclaration(file: SourceFile, root: DocumentNode): DeclarationReading {
  return new DeclarationReader(file).read(root);
}

class DeclarationReader {
  readonly #file: SourceFile;
  readonly #problems: ProblemDetails[] = [];

  constructor(file: SourceFile) {
    this.#file = file;
  }

  read(root: DocumentNode): DeclarationReading {
    if (root.kind !== 'map') this.#problem(root.start, mapExpected(DECLARATION_NAME));
    else for (const entry of root.entries) this.#checkField(entry, FIELDS);
    this.#checkSchema(child(root, 'schema'));
    const name = this.#text(root, 'name');
    const owner = this.#text(root, 'owner');
    const declaration: Declaration = {
      ...(name === undefined ? {} : { name }),
      scope: this.#scope(root),
      ...(owner === undefined ? {} : { owner, ...this.#placeOf(child(root, 'owner')) }),
      ...(this.#isTeamOfOne(root) ? { team: 'one' } : {}),
      parameters: this.#texts(root, 'parameters'),
      assets: this.#assets(child(root, 'assets')),
      safeguards: this.#safeguards(child(root, 'safeguards')),
      moved: this.#moves(child(root, 'moved')),
    };
    return { declaration, stacks: this.#texts(root, 'stacks'), problems: this.#problems };
  }

  #checkField(entry: MapEntry, fields: readonly string[]): void {
    if (fields.includes(entry.key)) return;
    const near = nearest(entry.key, fields);
    this.#problem(
      entry.keyStart,
      text(`the field "${entry.key}" is not known`, `フィールド「${entry.key}」はありません`),
      near === undefined
        ? text(`the fields are ${fields.join(', ')}`, `使えるフィールドは ${fields.join('、')} です`)
        : text(`did you mean "${near}"?`, `「${near}」のことですか`),
    );
  }

  #checkSchema(node: DocumentNode | undefined): void {
    if (!node || (node.kind === 'scalar' && node.value === DECLARATION_SCHEMA)) return;
    this.#problem(
      node.start,
      text(
        `the schema must be ${DECLARATION_SCHEMA}; this file may come from a newer version`,
        `schema は ${DECLARATION_SCHEMA} でなければなりません。新しい版のファイルかもしれません`,
      ),
    );
  }

  #scope(root: DocumentNode): Scope {
    const node = child(root, 'scope');
    if (!node) return 'application';
    const word = node.kind === 'scalar' ? String(node.value) : '';
    const scope = SCOPES.find((each) => each === word);
    if (scope) return scope;
    const near = nearest(word, SCOPES);
    this.#problem(
      node.start,
      text('scope must be application or account', 'scope は application か account でなければなりません'),
      near === undefined ? undefined : text(`did you mean "${near}"?`, `「${near}」のことですか`),
    );
    return 'application';
  }

  #isTeamOfOne(root: DocumentNode): boolean {
    const node = child(root, 'team');
    if (!node) return false;
    if (node.kind === 'scalar' && node.value === 'one') return true;
    this.#problem(
      node.start,
      text('team must be "one", or be left out', 'team は one とするか、書かないでください'),
      text(
        'one: the owner works alone and approves own proposals',
        'one:責任者が一人で、自分の提案を自分で承認する',
      ),
    );
    return false;
  }

  #text(node: DocumentNode | undefined, key: string): string | undefined {
    const value = child(node, key);
    if (!value) return undefined;
    if (value.kind === 'scalar' && value.value !== null) return String(value.value);
    this.#problem(value.start, text(`${key} must be a text`, `${key} は文字列でなければなりません`));
    return undefined;
  }

  #texts(root: DocumentNode, key: string): ReadonlyMap<string, string> {
    const node = child(root, key);
    const found = new Map<string, string>();
    if (!node || isNull(node)) return found;
    if (node.kind !== 'map') {
      this.#problem(node.start, mapExpected(key));
      return found;
    }
    for (const entry of node.entries) {
      const value = this.#text(node, entry.key);
      if (value !== undefined) found.set(entry.key, value);
    }
    return found;
  }

  #assets(node: DocumentNode | undefined): readonly AssetDeclaration[] {
    if (!node || isNull(node)) return [];
    if (node.kind === 'map') return node.entries.flatMap((entry) => this.#asset(entry) ?? []);
    this.#problem(
      node.start,
      mapExpected('assets'),
      text('write the name of each resource as a key', '各リソースの名前をキーとして書いてください'),
    );
    return [];
  }

  #asset({ key, keyStart, value: node }: MapEntry): AssetDeclaration | undefined {
    if (node.kind !== 'map') {
      this.#problem(node.start, mapExpected(`assets.${key}`));
      return undefined;
    }
    for (const entry of node.entries) this.#checkField(entry, ASSET_FIELDS);
    const asset: { -readonly [K in keyof AssetDeclaration]: AssetDeclaration[K] } = {
      resource: key,
      source: placeAt(this.#file, keyStart),
    };
    for (const name of CLASSES) {
      const value = this.#class(child(node, name), name);
      if (value !== undefined) asset[name] = value;
    }
    const manager = this.#text(node, 'manager');
    if (manager !== undefined) asset.manager = manager;
    const holds = this.#text(node, 'holds');
    if (holds !== undefined) asset.holds = holds;
    return asset;
  }

  #class(node: DocumentNode | undefined, name: string): number | undefined {
    if (!node) return undefined;
    const value: Scalar | undefined = node.kind === 'scalar' ? node.value : undefined;
    if (value === 1 || value === 2 || value === 3) return value;
    this.#problem(
      node.start,
      text(`${name} must be 1, 2 or 3`, `${name} は 1・2・3 のいずれかでなければなりません`),
      text('1 is low, 2 medium, 3 high', '1が低、2が中、3が高です'),
    );
    return undefined;
  }

  /** `safeguards: {dependabot: on, mfa: {state: partial, says: …}}`; a list of such maps names several places. */
  #safeguards(node: DocumentNode | undefined): readonly DeclaredSafeguard[] {
    if (!node || isNull(node)) return [];
    if (node.kind !== 'map') {
      this.#problem(node.start, mapExpected('safeguards'));
      return [];
    }
    return node.entries.flatMap((entry) => {
      const places = entry.value.kind === 'list' ? entry.value.items : [entry.value];
      return places.flatMap((place) => this.#safeguard(entry, place) ?? []);
    });
  }

  #safeguard({ key, keyStart }: MapEntry, node: DocumentNode): DeclaredSafeguard | undefined {
    if (node.kind === 'map') for (const entry of node.entries) this.#checkField(entry, SAFEGUARD_FIELDS);
    const word = node.kind === 'map' ? child(node, 'state') : node;
    const state = STATES.find((each) => word?.kind === 'scalar' && stateWord(word.value) === each);
    if (!state) {
      this.#problem(
        (word ?? node).start,
        text(
          `the state of ${key} must be on, partial or off`,
          `${key} の state は on・partial・off のいずれかでなければなりません`,
        ),
      );
      return undefined;
    }
    const resource = this.#text(node, 'resource');
    const says = this.#text(node, 'says');
    return {
      safeguard: key,
      state,
      source: placeAt(this.#file, keyStart),
      ...(resource === undefined ? {} : { resource }),
      ...(says === undefined ? {} : { says }),
    };
  }

  /** `moved: {old id: new id}`: each name has one new one, and no two names become one. */
  #moves(node: DocumentNode | undefined): readonly DeclaredMove[] {
    if (!node || isNull(node)) return [];
    if (node.kind !== 'map') {
      this.#problem(
        node.start,
        mapExpected('moved'),
        text('write one line for each: old id: new id', '1行に1件、「旧ID: 新ID」の形で書いてください'),
      );
      return [];
    }
    const targets = new Set<string>();
    return node.entries.flatMap((entry) => {
      const move = this.#move(node, entry, targets);
      if (move) targets.add(move.to);
      return move ?? [];
    });
  }

  #move(
    node: DocumentNode,
    { key: from, keyStart }: MapEntry,
    targets: ReadonlySet<string>,
  ): DeclaredMove | undefined {
    const to = this.#text(node, from);
    if (to === undefined) return undefined;
    if (to === from) {
      this.#problem(keyStart, text(`${from} moved to itself`, `${from} の移動先が自分自身です`));
      return undefined;
    }
    if (targets.has(to)) {
      this.#problem(
        keyStart,
        text(
          `two names cannot both become ${to}: their histories would mix`,
          `複数の名前を ${to} に移すことはできません(履歴が混ざります)`,
        ),
      );
      return undefined;
    }
    return { from, to, source: placeAt(this.#file, keyStart) };
  }

  #placeOf(node: DocumentNode | undefined): Pick<Declaration, 'ownerSource'> {
    return node ? { ownerSource: placeAt(this.#file, node.start) } : {};
  }

  #problem(at: number, message: Text, remedy?: Text): void {
    this.#problems.push({
      code: 'declaration',
      message,
      ...(remedy ? { remedy } : {}),
      place: placeAt(this.#file, at),
    });
  }
}

/** YAML 1.1 reads `on` and `off` as booleans. */
function stateWord(value: Scalar): string {
  return value === true ? 'on' : value === false ? 'off' : String(value);
}

function isNull(node: DocumentNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function mapExpected(name: string): Text {
  return text(`${name} must be a map`, `${name} はマップでなければなりません`);
}
