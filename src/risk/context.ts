import type { ResourceGraph } from '../environment/graph.ts';
import { type Text, verbatim } from '../kernel/texts.ts';
import type { Finding } from '../model/finding.ts';
import { ACCOUNT_ID, type Resource } from '../model/resource.ts';
import type { Guard, RiskEvidence } from '../model/risk.ts';
import type { Attachment, Effect, PriceClass, SafeguardReport, SafeguardState } from '../model/safeguard.ts';

/** What a rule is handed: the graph, and what controls and safeguards say about its places. */
export interface RiskContext {
  readonly graph: ResourceGraph;
  /** What rules worked out once for this run, by a key of their own. */
  readonly kept: Map<string, unknown>;
  /**
   * The guard that a safeguard (or a facet of it) is at a place, with its state: none where it has no
   * business there, unknown where nobody looked.
   */
  guard(safeguard: string, place: Resource, effect: Effect, facet?: string): readonly Guard[];
  /** Safeguards that would notice something, at the account, the region, or the given places. */
  seenBy(safeguards: readonly string[], places?: readonly Resource[]): readonly Guard[];
  /** Failed findings of some controls on some resources. */
  failed(controls: readonly string[], resources: readonly string[]): readonly RiskEvidence[];
  /** What a safeguard's report says about a guard. */
  evidenceOf(guard: Guard): readonly RiskEvidence[];
  priceOf(safeguard: string): PriceClass | undefined;
  /** What people call a safeguard. */
  nameOf(safeguard: string): Text;
}

/** Prepares findings and safeguard reports for the rules. */
export function riskContext(
  graph: ResourceGraph,
  findings: readonly Finding[],
  safeguards: readonly SafeguardReport[],
): RiskContext {
  const reports = new Map(safeguards.map((report) => [report.id, indexed(report)]));
  const failures = failuresByResource(findings);
  return {
    graph,
    kept: new Map(),
    guard: (safeguard, place, effect, facet) =>
      guardAt(reports.get(safeguard), safeguard, place.id, effect, facet),
    seenBy: (ids, places = []) =>
      ids.flatMap((id) =>
        [ACCOUNT_ID, ...[...graph.regionsOf(places), ...places].map((place) => place.id)].flatMap((place) =>
          reports.get(id)?.attachments.has(place) ? guardAt(reports.get(id), id, place, 'detect') : [],
        ),
      ),
    failed: (controls, resources) =>
      resources.flatMap((resource) =>
        (failures.get(resource) ?? [])
          .filter((finding) => controls.includes(finding.control))
          .map(evidenceFrom),
      ),
    evidenceOf: (guard) =>
      safeguardEvidence(reports.get(guard.safeguard)?.attachments.get(guard.place), guard),
    priceOf: (safeguard) => reports.get(safeguard)?.price,
    nameOf: (safeguard) => reports.get(safeguard)?.name ?? verbatim(safeguard),
  };
}

interface IndexedReport {
  readonly name: Text;
  readonly price: PriceClass;
  readonly attachments: ReadonlyMap<string, Attachment>;
}

function indexed(report: SafeguardReport): IndexedReport {
  return {
    name: report.name,
    price: report.price,
    attachments: new Map(report.attachments.map((attachment) => [attachment.resource, attachment])),
  };
}

function guardAt(
  report: IndexedReport | undefined,
  safeguard: string,
  place: string,
  effect: Effect,
  facet?: string,
): readonly Guard[] {
  const attachment = report?.attachments.get(place);
  if (report && !attachment) return [];
  const state = attachment ? stateOf(attachment, facet) : 'unknown';
  if (state === 'not-applicable') return [];
  return [{ safeguard, ...(facet === undefined ? {} : { facet }), place, effect, state, proposed: false }];
}

function stateOf(attachment: Attachment, facet: string | undefined): SafeguardState {
  if (facet === undefined) return attachment.state;
  return attachment.facets?.find((each) => each.id === facet)?.state ?? attachment.state;
}

function failuresByResource(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const index = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.status !== 'FAIL') continue;
    const list = index.get(finding.resource);
    if (list) list.push(finding);
    else index.set(finding.resource, [finding]);
  }
  return index;
}

function evidenceFrom(finding: Finding): RiskEvidence {
  const { id, because, source } = finding;
  return { kind: 'finding', id, because, ...(source ? { source } : {}) };
}

function safeguardEvidence(attachment: Attachment | undefined, guard: Guard): readonly RiskEvidence[] {
  if (!attachment) return [];
  const because = attachment.facets?.find((each) => each.id === guard.facet)?.because ?? attachment.because;
  const evidence: RiskEvidence = { kind: 'safeguard', id: guard.safeguard, because };
  return [attachment.source ? { ...evidence, source: attachment.source } : evidence];
}
