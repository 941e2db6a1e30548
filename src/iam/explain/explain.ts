import { answersOf, type Decision, decide } from '../decide/evaluate.ts';
import type { Access } from '../decide/layers.ts';
import { type AccessRequest, prepareRequest } from '../request.ts';
import { NO, UNKNOWN, YES } from '../truth.ts';
import { type LayerReport, reportLayers } from './layer-report.ts';
import type { StatementReport } from './statement-report.ts';
import { type Suggestion, suggestStatements } from './suggestion.ts';
import { missingKeys, whatWouldDecide } from './undecided.ts';

/** A decision with everything that made it so. */
export interface Explanation {
  readonly decision: Decision;
  readonly request: AccessRequest;
  readonly layers: readonly LayerReport[];
  /** The statements that decided: the Deny statements that hold, or the Allow statements that do. */
  readonly deciding: readonly StatementReport[];
  /** Context keys that statements asked for and the request does not have. */
  readonly missingKeys: readonly string[];
  /** What would decide an open answer: expressions of a template and context keys. */
  readonly undecided: readonly string[];
  /** For an implicit refusal, the smallest statements that would allow the request. */
  readonly suggestions: readonly Suggestion[];
}

/** Decides a request as `evaluate` does, and says why. */
export function explain(access: Access, request: AccessRequest): Explanation {
  const prepared = prepareRequest(request);
  const answers = answersOf(access, prepared);
  const decision = decide(answers, prepared);
  const layers = reportLayers(access, prepared, answers);
  return {
    decision,
    request,
    layers,
    deciding: decidingStatements(decision, layers),
    missingKeys: decision.kind === 'implicit' ? missingKeys(layers) : [],
    undecided: decision.kind === 'open' ? whatWouldDecide(layers, prepared) : [],
    suggestions: decision.kind === 'implicit' ? suggestStatements(answers, prepared, layers) : [],
  };
}

function decidingStatements(decision: Decision, layers: readonly LayerReport[]): readonly StatementReport[] {
  const wanted = decision.kind === 'explicit' ? 'Deny' : 'Allow';
  const holds = decision.kind === 'open' ? UNKNOWN : YES;
  if (decision.kind === 'implicit') return [];
  const found: StatementReport[] = [];
  for (const layer of layers) {
    for (const report of layer.statements) {
      if (report.holds === NO) continue;
      if (
        decision.kind === 'open'
          ? report.holds === holds
          : report.holds === YES && report.statement.effect === wanted
      ) {
        found.push(report);
      }
    }
  }
  return found;
}
