import { child, type DocumentNode, entryOf, type MapEntry, stringOf } from '../../../kernel/document.ts';
import type { SourceFile } from '../../../kernel/source-file.ts';
import { text } from '../../../kernel/texts.ts';
import type { NotAnalysed } from '../../../model/assessment.ts';
import { type At, mapNode, withEntry } from '../nodes.ts';
import { note } from '../note.ts';
import { expandApi, expandHttpApi, IMPLICIT_API, implicitApi } from './apis.ts';
import { expandFunction } from './function.ts';
import { withGlobals } from './globals.ts';
import type { ApiRoute, Expansion, ServerlessResource } from './made-resource.ts';
import {
  expandApplication,
  expandLayerVersion,
  expandSimpleTable,
  expandStateMachine,
} from './other-types.ts';

const EXPANDERS: ReadonlyMap<string, (source: ServerlessResource) => Expansion> = new Map([
  ['AWS::Serverless::Application', expandApplication],
  ['AWS::Serverless::Function', expandFunction],
  ['AWS::Serverless::LayerVersion', expandLayerVersion],
  ['AWS::Serverless::SimpleTable', expandSimpleTable],
  ['AWS::Serverless::StateMachine', expandStateMachine],
]);

const API_EXPANDERS = new Map([
  ['AWS::Serverless::Api', { kind: 'rest' as const, expand: expandApi }],
  ['AWS::Serverless::HttpApi', { kind: 'http' as const, expand: expandHttpApi }],
]);

/**
 * Replaces the serverless resources of a template by the CloudFormation resources that the SAM transform
 * makes of them ("AWS SAM resources and properties", "Generated CloudFormation resources"). A type or a
 * part that is not expanded stays as it is and is noted.
 */
export function expandServerless(
  file: SourceFile,
  root: DocumentNode,
  report: (note: NotAnalysed) => void,
): DocumentNode {
  const section = entryOf(root, 'Resources');
  if (root.kind !== 'map' || section?.value.kind !== 'map') return root;
  if (!section.value.entries.some((entry) => typeOf(entry).startsWith('AWS::Serverless::'))) return root;
  const expander = new ServerlessExpander(file, child(root, 'Globals'), report);
  const entries = expander.expand(section.value.entries);
  return withEntry(root, { ...section, value: { ...section.value, entries } });
}

class ServerlessExpander {
  readonly #file: SourceFile;
  readonly #globals: DocumentNode | undefined;
  readonly #report: (note: NotAnalysed) => void;

  constructor(file: SourceFile, globals: DocumentNode | undefined, report: (note: NotAnalysed) => void) {
    this.#file = file;
    this.#globals = globals;
    this.#report = report;
  }

  expand(entries: readonly MapEntry[]): readonly MapEntry[] {
    const routes: ApiRoute[] = [];
    const made = new Map<MapEntry, Expansion>();
    for (const entry of entries) {
      const expand = EXPANDERS.get(typeOf(entry));
      if (!expand) continue;
      const expansion = expand(this.#source(entry));
      routes.push(...(expansion.routes ?? []));
      made.set(entry, expansion);
    }
    const own = entries.flatMap((entry) => this.#replacement(entry, made.get(entry), routes));
    return unique([...own, ...this.#implicitApis(entries, routes)]);
  }

  #replacement(
    entry: MapEntry,
    made: Expansion | undefined,
    routes: readonly ApiRoute[],
  ): readonly MapEntry[] {
    const api = API_EXPANDERS.get(typeOf(entry));
    const expansion =
      made ??
      api?.expand(
        this.#source(entry),
        routes.filter((each) => each.kind === api.kind && each.api === entry.key),
      );
    if (!expansion) {
      if (typeOf(entry).startsWith('AWS::Serverless::'))
        this.#leftOut(`${entry.key} (${typeOf(entry)})`, entry.value);
      return [entry];
    }
    for (const { name, at } of expansion.leftOut ?? []) this.#leftOut(name, at);
    return expansion.resources;
  }

  #implicitApis(entries: readonly MapEntry[], routes: readonly ApiRoute[]): readonly MapEntry[] {
    const declared = new Set(entries.map(({ key }) => key));
    return (['rest', 'http'] as const).flatMap((kind) => {
      const own = routes.filter((route) => route.kind === kind && route.api === undefined);
      const [first] = own;
      const maker = first && entries.find(({ key }) => key === first.function);
      if (!maker || declared.has(IMPLICIT_API[kind])) return [];
      const source = implicitApi(kind, maker, this.#globals);
      return (kind === 'rest' ? expandApi : expandHttpApi)(source, own).resources;
    });
  }

  #source(entry: MapEntry): ServerlessResource {
    const at: At = { start: entry.keyStart, end: entry.keyStart };
    const properties = withGlobals(child(entry.value, 'Properties'), this.#globals, typeOf(entry));
    return { name: entry.key, entry, properties: properties ?? mapNode({}, at), at };
  }

  #leftOut(what: string, at: At): void {
    this.#report(
      note('unsupported', {
        file: this.#file,
        at: at.start,
        what,
        reason: text(
          'what the SAM transform makes of this is not worked out here',
          'SAMの変換がここから作るものには対応していません',
        ),
      }),
    );
  }
}

function typeOf(entry: MapEntry): string {
  return stringOf(child(entry.value, 'Type')) ?? '';
}

/** What is written by hand goes before what the transform would make under the same name. */
function unique(entries: readonly MapEntry[]): readonly MapEntry[] {
  const byName = new Map<string, MapEntry>();
  for (const entry of entries) if (!byName.has(entry.key)) byName.set(entry.key, entry);
  return [...byName.values()];
}
