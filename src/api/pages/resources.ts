import type { AssessedResource } from '../../model/assessment.ts';
import type { Risk } from '../../model/risk.ts';
import type { Answer, ResourceDetail, ResourceRow } from '../contract.ts';
import type { Base } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { findingRow, findingsByResource } from './findings.ts';
import { cutPage, type ListDefinition, type ListQuery, type PreparedList, preparedList } from './list.ts';
import { attachmentsByResource } from './safeguards.ts';

const RESOURCES: ListDefinition<ResourceRow> = {
  fields: {
    type: ({ type }) => type,
    basis: ({ basis }) => basis,
    existence: ({ existence }) => existence,
    analysed: ({ analysed }) => String(analysed),
    file: ({ source }) => source?.file,
  },
  sorts: {
    name: ({ name }) => name,
    type: ({ type }) => type,
    failing: ({ failing }) => failing,
    risks: ({ risks }) => risks,
    safeguardsOff: ({ safeguardsOff }) => safeguardsOff,
  },
  words: ({ id, name, type }) => [id, name, type].join(' '),
};

export function resourcesPage({ base, revision }: View, query: ListQuery): Answer<'GET /api/resources'> {
  return { ...cutPage(base.memo(resourceList).matching(query), query), revision };
}

function resourceList(base: Base): PreparedList<ResourceRow> {
  const analysed = new Set(base.assessment.coverage.analysed);
  return preparedList(
    base.assessment.environment.resources.map((resource) => rowOf(base, resource, analysed)),
    RESOURCES,
  );
}

/** One resource with everything that was said of it; undefined when there is none of this id. */
export function resourceDetail({ base, revision }: View, id: string): ResourceDetail | undefined {
  const row = base.memo(resourceList).items.find((each) => each.id === id);
  if (!row) return undefined;
  return {
    ...row,
    revision,
    findings: (base.memo(findingsByResource).get(id) ?? []).map((finding) => findingRow(base, finding)),
    safeguards: (base.memo(attachmentsByResource).get(id) ?? []).map(({ report, attachment }) => ({
      safeguard: report.id,
      name: report.name,
      state: attachment.state,
      because: attachment.because,
      ...(attachment.source && { source: attachment.source }),
    })),
    risksHere: (base.memo(risksByPlace).get(id) ?? []).map((risk) => ({
      id: risk.id,
      title: risk.title,
      band: risk.band.current,
    })),
  };
}

function rowOf(base: Base, resource: AssessedResource, analysed: ReadonlySet<string>): ResourceRow {
  const findings = base.memo(findingsByResource).get(resource.id) ?? [];
  const attached = base.memo(attachmentsByResource).get(resource.id) ?? [];
  return {
    id: resource.id,
    name: resource.name,
    type: resource.type,
    basis: resource.basis,
    existence: resource.existence,
    analysed: analysed.has(resource.id),
    failing: findings.filter(({ status }) => status === 'FAIL').length,
    unknown: findings.filter(({ status }) => status === 'UNKNOWN').length,
    safeguardsOff: attached.filter(({ attachment }) => attachment.state === 'off').length,
    risks: (base.memo(risksByPlace).get(resource.id) ?? []).length,
    ...(resource.source && { source: resource.source }),
  };
}

/** The risks whose paths pass a resource, or that reach it. */
function risksByPlace({ assessment }: Base): ReadonlyMap<string, readonly Risk[]> {
  const index = new Map<string, Set<Risk>>();
  for (const risk of assessment.risks) {
    const places = [
      ...risk.assets.map(({ resource }) => resource),
      ...risk.scoring.paths.flatMap(({ steps }) => steps.map(({ resource }) => resource)),
    ];
    for (const place of places) {
      const set = index.get(place);
      if (set) set.add(risk);
      else index.set(place, new Set([risk]));
    }
  }
  return new Map([...index].map(([place, set]) => [place, [...set]]));
}
