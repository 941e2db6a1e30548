import type { ResourceGraph } from '../environment/graph.ts';
import { isOffAws } from '../environment/self-hosted/topology.ts';
import { stableId } from '../kernel/ids.ts';
import { compare } from '../kernel/order.ts';
import type { Asset } from '../model/declaration.ts';
import type { Finding } from '../model/finding.ts';
import { firstNames, type Moved } from '../model/moved.ts';
import { isStandIn } from '../model/resource.ts';
import type { Risk, RiskEvidence, Scoring } from '../model/risk.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { assetsReached, importanceOf } from './assets.ts';
import { type RiskContext, riskContext } from './context.ts';
import { cutOf, loweringOf } from './cut.ts';
import { inventory } from './inventory.ts';
import { openGuards } from './minimal-sets.ts';
import { essential } from './paths.ts';
import { treat } from './proposal.ts';
import { RISK_RULES } from './registry.generated.ts';
import type { Candidate, RiskRule } from './rule.ts';
import { scoresOf } from './score.ts';
import { selfHostedCandidates } from './self-hosted/index.ts';

/**
 * The risks of an environment, the worst first, and the inventory of its assets. No risk is about what only
 * stands for the unread.
 */
export function findRisks(
  graph: ResourceGraph,
  findings: readonly Finding[],
  safeguards: readonly SafeguardReport[],
  rules: readonly RiskRule[] = RISK_RULES,
): { readonly risks: readonly Risk[]; readonly assets: readonly Asset[] } {
  const context = riskContext(graph, findings, safeguards);
  const risks = rules.flatMap((rule) =>
    candidatesOf(rule, context)
      .filter(({ paths, resources }) => paths.length > 0 && !resources.some(isStandIn))
      .map((candidate) => riskFrom(context, rule, candidate)),
  );
  return { risks: risks.sort(worstFirst), assets: inventory(graph) };
}

/** What a rule finds on AWS, and off it; where nothing of AWS was read there is no account to judge. */
function candidatesOf(rule: RiskRule, context: RiskContext): readonly Candidate[] {
  const onAws = isOffAws(context.graph) ? [] : rule.find(context);
  return [...onAws, ...selfHostedCandidates(rule.id, context)];
}

/** Sorted by the upper end of the current value, as unknown is never safe. */
export function worstFirst(a: Risk, b: Risk): number {
  return (
    b.current.high - a.current.high ||
    b.current.low - a.current.low ||
    b.inherent.high - a.inherent.high ||
    a.number - b.number ||
    compare(a.id, b.id)
  );
}

function riskFrom(context: RiskContext, rule: RiskRule, candidate: Candidate): Risk {
  const assets = assetsReached(context.graph, candidate.reaches).toSorted((a, b) =>
    compare(a.resource, b.resource),
  );
  const paths = essential(candidate.paths);
  const { scoring, proposal, sets } = treat(context, candidate, {
    importance: importanceOf(assets),
    threat: candidate.threat.level,
    threatReason: candidate.threat.reason,
    limits: candidate.limits ?? [],
    paths,
  });
  const first = firstNames(context.graph.facts.declaration.moved);
  const moved = renamed([...candidate.resources, ...idsIn(assets, scoring)], first);
  return {
    id: stableId(rule.id, ...candidate.resources.map(first).toSorted(compare)),
    rule: rule.id,
    number: rule.number,
    title: rule.title,
    statement: candidate.statement,
    factor: rule.factor,
    assets,
    path: scoring.paths[0]?.steps ?? [],
    cut: cutOf(scoring.paths[0]),
    scoring,
    ...scoresOf(scoring),
    seenBy: candidate.seenBy ?? [],
    lowering: loweringOf(scoring, sets),
    proposal,
    evidence: evidenceFor(context, candidate, scoring),
    ...(moved.length === 0 ? {} : { moved }),
  };
}

function idsIn(assets: Risk['assets'], { paths, limits }: Scoring): readonly string[] {
  const steps = paths.flatMap((path) => path.steps);
  const guards = [...limits, ...steps.flatMap((step) => step.guards)];
  return [
    ...assets.map(({ resource }) => resource),
    ...steps.map(({ resource }) => resource),
    ...guards.map(({ place }) => place),
  ];
}

/** The ids that have a first name other than their own. */
function renamed(ids: readonly string[], first: (id: string) => string): readonly Moved[] {
  return [...new Set(ids)]
    .toSorted(compare)
    .map((to) => ({ from: first(to), to }))
    .filter(({ from, to }) => from !== to);
}

/** The facts along the path, what the safeguards on it say, and the findings of the rule's controls. */
function evidenceFor(context: RiskContext, candidate: Candidate, scoring: Scoring): readonly RiskEvidence[] {
  const steps = scoring.paths[0]?.steps ?? [];
  const facts = steps
    .filter((step) => step.source)
    .map(
      (step): RiskEvidence => ({ kind: 'fact', id: step.resource, because: step.what, ...sourceOf(step) }),
    );
  const places = [...new Set([...candidate.resources, ...steps.map((step) => step.resource)])];
  return [
    ...facts,
    ...(candidate.evidence ?? []),
    ...openGuards(scoring).slice(0, MOST_GUARDS_TOLD).flatMap(context.evidenceOf),
    ...context.failed(candidate.controls ?? [], places),
  ];
}

const MOST_GUARDS_TOLD = 12;

function sourceOf(step: { readonly source?: RiskEvidence['source'] }): Pick<RiskEvidence, 'source'> {
  return step.source ? { source: step.source } : {};
}
