import type { Finding } from '../../model/finding.ts';
import type { Answer, FindingRow, FindingStatus } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { cutPage, type ListDefinition, type ListQuery, type PreparedList, preparedList } from './list.ts';

const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
const STATUSES = ['PASS', 'NOT_APPLICABLE', 'UNKNOWN', 'FAIL'] as const;

function definition(base: Base): ListDefinition<Finding> {
  return {
    fields: {
      status: ({ status }) => status,
      severity: ({ severity }) => severity,
      control: ({ control }) => control,
      family: ({ control }) => control.split('.', 1)[0],
      type: ({ type }) => type,
      resource: ({ resource }) => [resource, plainName(base, resource)],
      file: ({ source }) => source?.file,
    },
    sorts: {
      severity: ({ severity }) => SEVERITIES.indexOf(severity),
      status: ({ status }) => STATUSES.indexOf(status),
      control: ({ control }) => control,
      resource: ({ resource }) => plainName(base, resource),
      type: ({ type }) => type,
    },
    words: ({ id, control, title, resource, type, because }) =>
      [id, control, title.en, title.ja, resource, type, because.en, because.ja].join(' '),
  };
}

/** What fails comes first, the gravest at the top. */
function findingList(base: Base): PreparedList<Finding> {
  const ranks = Map.groupBy(base.assessment.findings, rankOf);
  const sorted = [...ranks.keys()].sort((one, other) => other - one).flatMap((rank) => ranks.get(rank) ?? []);
  return preparedList(sorted, definition(base));
}

function rankOf({ status, severity }: Finding): number {
  return STATUSES.indexOf(status) * 10 + SEVERITIES.indexOf(severity);
}

/** Makes the list and its search texts before somebody asks. */
export function warmFindings(base: Base): Promise<void> {
  return base.memo(findingList).warm();
}

export function findingsPage({ base, revision }: View, query: ListQuery): Answer<'GET /api/findings'> {
  const kept = base.memo(findingList).matching(query);
  const page = cutPage(kept, query);
  const counts = countsOf(kept);
  return { ...page, items: page.items.map((finding) => findingRow(base, finding)), counts, revision };
}

const counted = new WeakMap<readonly Finding[], Record<FindingStatus, number>>();

function countsOf(kept: readonly Finding[]): Record<FindingStatus, number> {
  const known = counted.get(kept);
  if (known) return known;
  const counts: Record<FindingStatus, number> = { PASS: 0, FAIL: 0, UNKNOWN: 0, NOT_APPLICABLE: 0 };
  for (const { status } of kept) counts[status] += 1;
  counted.set(kept, counts);
  return counts;
}

export function findingRow(base: Base, finding: Finding): FindingRow {
  return {
    id: finding.id,
    control: finding.control,
    title: finding.title,
    status: finding.status,
    severity: finding.severity,
    resource: finding.resource,
    resourceName: plainName(base, finding.resource),
    type: finding.type,
    because: finding.because,
    undecided: finding.undecided ?? [],
    tools: [...new Set((finding.sources ?? []).map(({ tool }) => tool))],
    ...(finding.source && { source: finding.source }),
  };
}

/** The findings about each resource. */
export function findingsByResource({ assessment }: Base): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(assessment.findings, ({ resource }) => resource);
}
