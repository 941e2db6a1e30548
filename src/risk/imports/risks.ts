import type { ResourceGraph } from '../../environment/graph.ts';
import type { Risk } from '../../model/risk.ts';
import type { Fact } from './facts.ts';
import { RELATED_CONTROLS, RULE_CONTROLS } from './rule-controls.ts';

/** The risks of an assessment, asked for by what another tool found. */
export class RisksByFact {
  readonly #graph: ResourceGraph;
  readonly #risks: readonly { readonly risk: Risk; readonly places: ReadonlySet<string> }[];

  /** @param risks the worst first */
  constructor(graph: ResourceGraph, risks: readonly Risk[]) {
    this.#graph = graph;
    this.#risks = risks.map((risk) => ({ risk, places: placesOf(risk) }));
  }

  /** Ids of the risks to which a fact belongs, the worst first. */
  of(fact: Fact): readonly string[] {
    const { resource } = fact;
    if (resource === undefined) return [];
    const near = this.#around(resource);
    return this.#risks
      .filter(({ risk, places }) => {
        if (fact.finding !== undefined && risk.evidence.some(({ id }) => id === fact.finding)) return true;
        if (!concerns(risk, fact)) return false;
        return ACCOUNT_WIDE.includes(risk.rule) || near.some((id) => places.has(id));
      })
      .map(({ risk }) => risk.id);
  }

  /** The resource, what it refers to and what refers to it: a rule's path may name the server for its group. */
  #around(id: string): readonly string[] {
    const resource = this.#graph.get(id);
    if (!resource) return [id];
    const references = this.#graph.references(resource).map((edge) => edge.to);
    const referrers = this.#graph.referrers(resource).map(({ resource: from }) => from.id);
    return [id, ...references, ...referrers];
  }
}

/** Rules about the account as a whole: whatever is missing for them anywhere belongs to them. */
const ACCOUNT_WIDE = ['blind'];

function concerns(risk: Risk, fact: Fact): boolean {
  if (fact.kind === 'package') return risk.rule === 'unpatched';
  if (fact.control === undefined) return false;
  const [own = [], related = []] = [RULE_CONTROLS[risk.rule], RELATED_CONTROLS[risk.rule]];
  return own.includes(fact.control) || related.includes(fact.control);
}

function placesOf(risk: Risk): ReadonlySet<string> {
  const steps = risk.scoring.paths.flatMap((path) => path.steps.map((step) => step.resource));
  return new Set([...steps, ...risk.assets.map((asset) => asset.resource)]);
}
