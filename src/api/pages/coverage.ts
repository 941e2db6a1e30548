import { text } from '../../kernel/texts.ts';
import type { Answer, Coverage, CoverageFact } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { cutPage, type ListDefinition, type ListQuery, type PreparedList, preparedList } from './list.ts';

const MOST_EXAMPLES = 5;
const MOST_LISTED = 500;

/** What was not judged and why. */
export function coveragePage({ base, revision }: View): Coverage {
  const { environment, coverage, assets } = base.assessment;
  const analysed = new Set(coverage.analysed);
  const untouched = Map.groupBy(
    environment.resources.filter(({ id }) => !analysed.has(id)),
    ({ type }) => type,
  );
  return {
    revision,
    resources: environment.resources.length,
    analysed: environment.resources.length - [...untouched.values()].flat().length,
    notAnalysed: coverage.notAnalysed.slice(0, MOST_LISTED),
    untouched: [...untouched].map(([type, members]) => ({
      type,
      count: members.length,
      examples: members.slice(0, MOST_EXAMPLES).map(({ name }) => name),
    })),
    unknowns: environment.unknowns.slice(0, MOST_LISTED).map((unknown) => ({
      ...unknown,
      name: plainName(base, unknown.resource),
    })),
    assumptions: assets
      .filter(({ assumed }) => assumed)
      .slice(0, MOST_LISTED)
      .map(({ resource, name, importance }) => ({ id: resource, name, importance })),
  };
}

const KINDS = ['input', 'unsupported', 'outside', 'unknown', 'untouched', 'assumption'] as const;

const FACTS: ListDefinition<CoverageFact> = {
  fields: {
    kind: ({ kind }) => kind,
    type: ({ type }) => type,
    resource: ({ resource, name }) => [resource ?? '', name ?? ''],
    file: ({ source }) => source?.file,
  },
  sorts: {
    kind: ({ kind }) => KINDS.indexOf(kind),
    what: ({ what }) => what,
    name: ({ name }) => name ?? '',
    type: ({ type }) => type ?? '',
  },
  words: ({ kind, what, resource, name, type, reason }) =>
    [kind, what, resource, name, type, reason.en, reason.ja].join(' '),
};

/** What was not judged, not known or assumed, one by one. */
export function coverageFactsPage(
  { base, revision }: View,
  query: ListQuery,
): Answer<'GET /api/coverage/facts'> {
  const kept = base.memo(factList).matching(query);
  const counts = { input: 0, unsupported: 0, outside: 0, untouched: 0, unknown: 0, assumption: 0 };
  for (const { kind } of kept) counts[kind] += 1;
  return { ...cutPage(kept, query), counts, revision };
}

function factList(base: Base): PreparedList<CoverageFact> {
  const { environment, coverage, assets } = base.assessment;
  const analysed = new Set(coverage.analysed);
  const facts: CoverageFact[] = [
    ...coverage.notAnalysed,
    ...environment.unknowns.map(({ resource, property, expression, why, source }) => ({
      kind: 'unknown' as const,
      what: `${property}: ${expression}`,
      ...named(base, resource),
      reason: why,
      ...(source && { source }),
    })),
    ...environment.resources
      .filter(({ id }) => !analysed.has(id))
      .map(({ id, type, source }) => ({
        kind: 'untouched' as const,
        what: type,
        ...named(base, id),
        reason: UNTOUCHED,
        ...(source && { source }),
      })),
    ...assets
      .filter(({ assumed }) => assumed)
      .map(({ resource, importance, source }) => ({
        kind: 'assumption' as const,
        what: `${importance.low}–${importance.high}`,
        ...named(base, resource),
        reason: ASSUMED,
        ...(source && { source }),
      })),
  ];
  return preparedList(
    facts.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)),
    FACTS,
  );
}

const UNTOUCHED = text(
  'no control, safeguard or rule looks at this type',
  'この種類を対象とする検査・対策・ルールはありません',
);
const ASSUMED = text('its importance is assumed: nobody declared it', '重要度は仮定です(宣言されていません)');

function named(base: Base, resource: string) {
  return { resource, name: plainName(base, resource), type: base.typeOf(resource) };
}
