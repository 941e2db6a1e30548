/**
 * `honmaru/iam`: the policy language of AWS IAM. Parse a policy once, compile the policies of a layer
 * once per version, then evaluate requests against the layers, or explain the answer. The same engine
 * decides requests of which everything is known and questions about templates with holes.
 *
 * ```ts
 * const policy = parsePolicyText('{"Version":"2012-10-17","Statement":[…]}');
 * const access = { identity: compilePolicies([policy]) };
 * evaluate(access, { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount });
 * ```
 */

export type {
  Caller,
  FederatedUserCaller,
  OutsideCaller,
  RoleCaller,
  RootCaller,
  UserCaller,
} from './caller.ts';
export { compilePolicies, NO_POLICIES, type PolicyProgram } from './compile/program.ts';
export { type Decision, evaluate, type Verdict } from './decide/evaluate.ts';
export { type Grant, grantPolicy } from './decide/grants.ts';
export type { Access, Layer } from './decide/layers.ts';
export { type Explanation, explain } from './explain/explain.ts';
export { explanationJson } from './explain/json.ts';
export type { LayerReport } from './explain/layer-report.ts';
export type { ConditionReport, FailingPart, StatementReport } from './explain/statement-report.ts';
export type { SuggestedStatement, Suggestion } from './explain/suggestion.ts';
export { decisionText, explanationTexts } from './explain/texts.ts';
export { checkDocument, type DocumentKind, policySize } from './grammar/check-document.ts';
export type { GrammarFailure } from './grammar/failure.ts';
export { parsePolicy, parsePolicyText, readPolicyDocument } from './language/parse-policy.ts';
export {
  type Condition,
  type Element,
  type ElementList,
  type Policy,
  type PrincipalItem,
  type PrincipalList,
  type Statement,
  statementLabel,
} from './language/policy.ts';
export { type PolicyReading, readPolicy } from './language/read-policy.ts';
export { LIMITS as IAM_LIMITS } from './limits.ts';
export type { LintFinding, LintLevel, PolicyKind } from './lint/finding.ts';
export { lintDocument, lintPolicy } from './lint/lint.ts';
export {
  fillHoles,
  openText,
  type PartialString,
  type PartialText,
  partial,
  showPartial,
} from './partial.ts';
export type { AccessRequest, ContextValue, UnknownContext } from './request.ts';
export { type ActionFacts, type ActionTable, loadActionTable } from './table/action-table.ts';
