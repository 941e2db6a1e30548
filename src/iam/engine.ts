/**
 * The part of the policy engine that decides, for the rooms of the house that only ask: without explaining,
 * grammar, lint and their tables, which take time to load.
 */
export { compilePolicies, NO_POLICIES, type PolicyProgram } from './compile/program.ts';
export { type Decision, evaluate } from './decide/evaluate.ts';
export type { Access } from './decide/layers.ts';
export { parsePolicyText } from './language/parse-policy.ts';
export type { Condition, Element, Policy, Statement } from './language/policy.ts';
export { type PolicyReading, readPolicy } from './language/read-policy.ts';
export { type PartialString, partial, showPartial } from './partial.ts';
