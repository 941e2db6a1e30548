import type { ResourceGraph } from '../environment/graph.ts';
import { verbatim } from '../kernel/texts.ts';
import type { Attachment, Effect, SafeguardReport, SafeguardState } from '../model/safeguard.ts';

const IDS = [
  'waf',
  'tls',
  'acm',
  'encryption-at-rest',
  'kms',
  'secrets-manager',
  'network-least-privilege',
  'guardduty',
  'cloudtrail',
  'patch-manager',
  'iam-least-privilege',
  'imdsv2',
  's3-block-public-access',
  'redundancy',
  'segmentation',
  'backup',
  'budget',
  'mfa',
  'eventbridge',
  'cloudwatch-alarms',
];

/** `safeguard:facet@Place` with its state; the place is a logical name, `account` or `region`. */
export type States = Readonly<Record<string, SafeguardState>>;

/**
 * Reports of every safeguard at every place of a graph for tests: off everywhere, but for the named states.
 * A state without a facet holds for the whole safeguard at the place.
 */
export function reportsFor(graph: ResourceGraph, states: States = {}): readonly SafeguardReport[] {
  return IDS.map((id) => ({
    id,
    name: verbatim(id),
    factor: 'vulnerability',
    effect: 'hinder' satisfies Effect,
    price: 'free',
    attachments: graph.resources.map((resource) => attachmentAt(id, resource.id, resource.name, states)),
  }));
}

function attachmentAt(id: string, resource: string, name: string, states: States): Attachment {
  const facets = Object.entries(states).flatMap(([key, state]) => {
    const [what = '', place] = key.split('@');
    const [safeguard, facet] = what.split(':');
    if (safeguard !== id || place !== name || facet === undefined) return [];
    return [{ id: facet, state, because: verbatim('told by the test') }];
  });
  return {
    resource,
    state: states[`${id}@${name}`] ?? 'off',
    basis: 'template',
    asOf: '2026-01-01T00:00:00.000Z',
    because: verbatim('told by the test'),
    facets,
  };
}
