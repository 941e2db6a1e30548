import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  Statement as ShownStatement,
} from '@aws-sdk/client-iam';
import {
  type Access,
  type Caller,
  type Explanation,
  explain,
  type LayerReport,
  type StatementReport,
} from '../../iam/index.ts';
import type { ContextValue } from '../../iam/request.ts';
import { YES } from '../../iam/truth.ts';
import { placeAt } from '../../kernel/source-file.ts';

/** One question of a simulation: everything but the action and the resource stays the same. */
export interface Simulation {
  readonly access: Access;
  readonly caller: Caller;
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The account of resources whose ARNs do not say. */
  readonly resourceOwner: string;
}

/** Decides with the engine that enforcement uses, and answers in the words of the simulator. */
export function simulate(simulation: Simulation, action: string, resource: string): EvaluationResult {
  const explanation = explain(simulation.access, {
    principal: simulation.caller,
    action,
    resource,
    context: simulation.context,
    resourceAccount: resource.split(':', 5)[4] || simulation.resourceOwner,
  });
  const missing = missingKeys(explanation, simulation.context);
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decisionOf(explanation),
    MatchedStatements: explanation.deciding.map((each) => shownStatement(each, explanation.layers)),
    MissingContextValues: [...missing],
    ...details(explanation, simulation.access),
  };
}

function decisionOf({ decision }: Explanation): PolicyEvaluationDecisionType {
  if (decision.verdict === 'ALLOW') return 'allowed';
  return decision.kind === 'explicit' ? 'explicitDeny' : 'implicitDeny';
}

/** The answers of boundary and organisation, where the simulation has them. */
function details({ layers }: Explanation, access: Access): Partial<EvaluationResult> {
  const allows = (layer: LayerReport['layer']) =>
    layers
      .filter((report) => report.layer === layer)
      .every((report) => report.allows === YES && report.denies !== YES);
  return {
    ...(access.serviceControl === undefined
      ? {}
      : { OrganizationsDecisionDetail: { AllowedByOrganizations: allows('service-control') } }),
    ...(access.boundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allows('boundary') } }),
  };
}

/**
 * Keys that statements about this action and resource ask for and the request does not have. (AWS also lists keys
 * of statements about other resources.)
 */
function missingKeys(
  { layers }: Explanation,
  given: Readonly<Record<string, ContextValue>>,
): ReadonlySet<string> {
  const known = new Set(
    Object.entries(given)
      .filter(([, value]) => !Array.isArray(value) || value.length > 0)
      .map(([key]) => key.toLowerCase()),
  );
  const missing = new Map<string, string>();
  for (const { failing, statement } of layers.flatMap((layer) => layer.statements)) {
    if (failing?.part === 'resource' || failing?.part === 'principal') continue;
    for (const { key } of statement.conditions) {
      if (!known.has(key.toLowerCase()) && !DERIVED.has(key.toLowerCase()))
        missing.set(key.toLowerCase(), key);
    }
  }
  return new Set(missing.values());
}

/** Keys that follow from whoever is simulated. */
const DERIVED = new Set(['aws:principalaccount', 'aws:principaltype', 'aws:principalisawsservice']);

const KINDS: Partial<Record<LayerReport['layer'], string>> = {
  boundary: 'IAM Permissions Boundary Policy',
  resource: 'Resource Policy',
  'service-control': 'Organizations Policy',
};

function shownStatement(report: StatementReport, layers: readonly LayerReport[]): ShownStatement {
  const { policy, statement } = report;
  const layer = layers.find(({ statements }) => statements.includes(report))?.layer;
  const kind = (layer === undefined ? undefined : KINDS[layer]) ?? 'IAM Policy';
  const span = statement.span;
  const start = span && placeAt(span.file, span.start);
  const end = span && placeAt(span.file, span.end);
  return {
    SourcePolicyId: policy.name,
    // AWS answers these words, which the client's enum does not have.
    SourcePolicyType: kind as NonNullable<ShownStatement['SourcePolicyType']>,
    ...(start ? { StartPosition: { Line: start.line, Column: start.column } } : {}),
    ...(end ? { EndPosition: { Line: end.line, Column: end.column } } : {}),
  };
}
