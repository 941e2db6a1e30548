import { holesOf } from '../partial.ts';
import type { PreparedRequest } from '../request.ts';
import { NO, UNKNOWN } from '../truth.ts';
import type { LayerReport } from './layer-report.ts';
import type { StatementReport } from './statement-report.ts';

/** The expressions and context keys of which the values would decide an open answer, each once. */
export function whatWouldDecide(layers: readonly LayerReport[], request: PreparedRequest): readonly string[] {
  const found = new Set<string>();
  for (const layer of layers) {
    for (const report of layer.statements) {
      if (report.holds === UNKNOWN) for (const each of openIn(report, request)) found.add(each);
    }
  }
  if (request.caller.kind === 'aws' && request.sameAccount === UNKNOWN) {
    for (const each of openAccounts(request)) found.add(each);
  }
  return [...found];
}

function openIn(report: StatementReport, request: PreparedRequest): readonly string[] {
  const { statement, failing } = report;
  const maybe = statement.undecided;
  switch (failing?.part) {
    case 'statement':
      return maybe.length > 0 ? maybe : statement.actions.items.flatMap((item) => holesOf(item.text));
    case 'principal':
      return [
        ...(statement.principals?.items ?? []).flatMap((item) => holesOf(item.text)),
        ...request.caller.names.flatMap((name) => holesOf(name.arn)),
      ];
    case 'resource':
      return [
        ...holesOf(request.resource.text),
        ...(statement.resources?.items ?? []).flatMap((item) => holesOf(item.text)),
        ...maybe,
      ];
    case 'condition':
      return conditionHoles(report);
    default:
      return maybe;
  }
}

function conditionHoles({ failing }: StatementReport): readonly string[] {
  const report = failing?.condition;
  if (report === undefined) return [];
  const { condition, given } = report;
  const inPolicy = condition.values.flatMap((value) => holesOf(value.text));
  const inRequest = (given ?? []).flatMap(holesOf);
  const own = inRequest.length > 0 && inPolicy.length === 0 ? [condition.key] : [];
  return [...inPolicy, ...inRequest.filter((hole) => !hole.startsWith('${')), ...own];
}

function openAccounts(request: PreparedRequest): readonly string[] {
  const owner = request.resourceAccount;
  const holes = [...holesOf(owner ?? ''), ...holesOf(request.caller.account ?? '')];
  return holes.length > 0 ? holes : ['aws:ResourceAccount'];
}

/** Context keys that a statement asked for and the request does not have, as the policies write them. */
export function missingKeys(layers: readonly LayerReport[]): readonly string[] {
  const found = new Map<string, string>();
  for (const layer of layers) {
    for (const { failing } of layer.statements) {
      const report = failing?.condition;
      if (failing?.holds !== NO || report === undefined || report.given !== undefined) continue;
      const { key } = report.condition;
      if (!found.has(key.toLowerCase())) found.set(key.toLowerCase(), key);
    }
  }
  return [...found.values()];
}
