import { usesOfKey } from '../../environment/key-uses.ts';
import type { Language } from '../../kernel/texts.ts';
import { renderRisksCsv } from '../../report/csv.ts';
import { renderHtml } from '../../report/html/index.ts';
import { jsonPieces } from '../../report/json.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { namerOf } from '../../report/names.ts';
import { patchParts } from '../../report/patch-parts.ts';
import { patchesOf } from '../../report/patches.ts';
import { renderSarif } from '../../report/sarif.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import type { Patch } from '../contract.ts';
import type { Desk, Picture, TextFormat } from './desk.ts';
import { boxKeys, pictureOf } from './picture.ts';
import type { AssessedState } from './state.ts';

/** The desk in the thread that assessed; what it makes is kept. */
export function localDesk(state: AssessedState): Desk {
  const pictures = new Map<Language, Picture>();
  const picture = (language: Language): Picture => {
    const known = pictures.get(language) ?? pictureOf(state, language);
    pictures.set(language, known);
    return known;
  };
  return {
    picture: async (language) => picture(language),
    boxes: async () => boxKeys(picture('en'), state.graph),
    patch: async (safeguard, place) => patchOf(state, safeguard, place),
    report: async (format, language, decisions) =>
      render({ ...state, assessment: { ...state.assessment, decisions } }, format, language),
    usersOfKey: async (key) => [...new Set(usesOfKey(state.graph, key).map(({ resource }) => resource.name))],
    release: () => pictures.clear(),
  };
}

/** How it is put on there, in the words of the file that declares the place. */
function patchOf({ graph, assessment }: AssessedState, id: string, place: string): Patch | undefined {
  const definition = SAFEGUARDS.find((each) => each.id === id);
  const resource = graph.get(place);
  if (!definition || !resource) return undefined;
  const remedy = definition.remedy(graph, resource);
  if (remedy.edits.length === 0) return undefined;
  const parts = patchParts(remedy, { graph, resource }, namerOf(assessment.environment));
  const hcl = place.startsWith('tf:');
  return {
    summary: remedy.summary,
    needs: remedy.needs ?? [],
    parts: parts.map(({ where, code }, index) => {
      const isCommand = remedy.edits[index]?.kind === 'command';
      return {
        ...(where && { where }),
        format: isCommand ? ('command' as const) : hcl ? ('terraform' as const) : ('cloudformation' as const),
        code: code.join('\n'),
      };
    }),
  };
}

function render({ graph, assessment }: AssessedState, format: TextFormat, language: Language): string {
  switch (format) {
    case 'html':
      return renderHtml(assessment, graph, { language });
    case 'csv':
      return joined(renderRisksCsv(assessment, language));
    case 'json':
      return joined(jsonPieces({ ...assessment, patches: patchesOf(assessment, graph, SAFEGUARDS) }));
    case 'markdown':
      return joined(renderMarkdown(assessment, language));
    case 'sarif':
      return joined(renderSarif(assessment, language));
  }
}

function joined(pieces: string | Iterable<string>): string {
  return typeof pieces === 'string' ? pieces : [...pieces].join('');
}
