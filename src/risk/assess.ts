import { controlsFor, judgedTypes } from '../controls/load.ts';
import { runControls } from '../controls/run.ts';
import { assessedResource } from '../environment/assessed-resource.ts';
import { isRead, type ResourceGraph } from '../environment/graph.ts';
import type { EnvironmentReading } from '../environment/read.ts';
import { nearest } from '../kernel/nearest.ts';
import { text } from '../kernel/texts.ts';
import { VERSION } from '../kernel/version.ts';
import type { Assessment, NotAnalysed } from '../model/assessment.ts';
import type { Declaration } from '../model/declaration.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';
import { runSafeguards } from '../safeguards/run.ts';
import { findRisks, worstFirst } from './find.ts';
import type { OwnEntries } from './own.ts';

/**
 * The main job: controls, safeguards and risks of an environment that was read. The date is the reading's
 * (`graph.facts.asOf`, ISO 8601). Asynchronous only because the controls that it needs are loaded first.
 */
export async function assess(reading: EnvironmentReading): Promise<Assessment> {
  const { graph, declaration } = reading;
  const findings = runControls(graph, await controlsFor(graph));
  const safeguards = runSafeguards(graph, SAFEGUARDS);
  const found = findRisks(graph, findings, safeguards);
  const own = await entered(reading);
  return {
    schema: 'honmaru.assessment/1',
    tool: { name: 'honmaru', version: VERSION },
    assessedAt: graph.facts.asOf,
    environment: {
      name: graph.facts.name,
      scope: declaration.scope,
      ...(declaration.owner === undefined ? {} : { owner: declaration.owner }),
      ...(declaration.team === undefined ? {} : { team: declaration.team }),
      resources: [...graph.resources.filter(isRead).map(assessedResource), ...own.resources],
      ...(declaration.moved?.length ? { moved: declaration.moved } : {}),
      unknowns: reading.unknowns,
    },
    findings,
    safeguards,
    risks: own.risks.length === 0 ? found.risks : [...found.risks, ...own.risks].sort(worstFirst),
    assets: [...found.assets, ...own.assets],
    ...(reading.drift ? { drift: reading.drift } : {}),
    coverage: {
      analysed: [...analysedIds(graph), ...own.resources.map(({ id }) => id)],
      notAnalysed: [...reading.notAnalysed, ...unknownSafeguards(declaration), ...own.notes],
    },
  };
}

/** What people entered by hand; loaded only where somebody did. */
async function entered({ graph, register }: EnvironmentReading): Promise<OwnEntries> {
  if (!register) return { resources: [], assets: [], risks: [], notes: [] };
  const { ownEntries } = await import('./own.ts');
  return ownEntries(graph, register);
}

/** Declared states of safeguards that do not exist: most likely misspelt, so they must not pass in silence. */
function unknownSafeguards({ safeguards = [] }: Declaration): readonly NotAnalysed[] {
  const ids = SAFEGUARDS.map(({ id }) => id);
  return safeguards
    .filter(({ safeguard }) => !ids.includes(safeguard))
    .map(({ safeguard, source }) => {
      const meant = nearest(safeguard, ids);
      return {
        kind: 'input',
        what: safeguard,
        reason: text(`there is no safeguard "${safeguard}"`, `「${safeguard}」という対策はありません`),
        remedy: meant
          ? text(`did you mean "${meant}"?`, `「${meant}」のことですか`)
          : text(`the safeguards are ${ids.join(', ')}`, `対策は ${ids.join('、')} です`),
        ...(source ? { source } : {}),
      };
    });
}

/** Resources of a type that a control reads or at which a safeguard attaches. */
function analysedIds(graph: ResourceGraph): readonly string[] {
  const types = new Set([...judgedTypes(), ...SAFEGUARDS.flatMap((safeguard) => safeguard.attachesTo)]);
  return graph.resources
    .filter((resource) => isRead(resource) && types.has(resource.type))
    .map(({ id }) => id);
}
