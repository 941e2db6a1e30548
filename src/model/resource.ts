import type { Span } from '../kernel/source-file.ts';
import type { Answer } from './answer.ts';
import type { Value } from './value.ts';

/** Who said so: a template's intent, a plan, a recorded state, the live account, or a person. */
export type Basis = 'template' | 'plan' | 'state' | 'live' | 'declared';

/**
 * One thing of the environment. Types and property names are CloudFormation's, whatever the source;
 * account and region facts use `Account::…` pseudo-types.
 */
export interface Resource {
  /** `cfn:<stack>/<LogicalId>`, `tf:<address>`, a live ARN, `account:this`, `region:this`, `region:<name>` or `external:<name>`. */
  readonly id: string;
  readonly type: string;
  /** What people call it: the logical id or the address. */
  readonly name: string;
  /** The stack or module that declares it; empty for pseudo resources. */
  readonly stack: string;
  /** The region it stands in, where that was read from the account; absent for what belongs to no region. */
  readonly region?: string;
  /** Ids and ARNs by which AWS knows it, where a state recorded them. */
  readonly knownAs?: readonly string[];
  /** A map value (or an unknown one where the whole is undecided). */
  readonly properties: Value;
  /** Where its declaration begins. */
  readonly span: Span;
  readonly basis: Basis;
  /** Whether it exists at all: undecided below a condition that is not known. */
  readonly exists: Answer;
  /** Attributes beside the properties (`DeletionPolicy`, `UpdateReplacePolicy`, `Metadata`). */
  readonly attributes: ReadonlyMap<string, Value>;
  /** Ids of resources it depends on explicitly. */
  readonly dependsOn: readonly string[];
  /** Referred to, but declared nowhere that was read. */
  readonly external: boolean;
}

export const ACCOUNT_ID = 'account:this';
export const REGION_ID = 'region:this';
/** The node of one region where several were read: `region:eu-west-1`. */
export function regionId(name: string): string {
  return `region:${name}`;
}

/** Whether an id is that of a region's node. */
export function isRegionId(id: string): boolean {
  return id.startsWith('region:');
}
export const ACCOUNT_TYPE = 'Account::Account';
export const REGION_TYPE = 'Account::Region';
export const EXTERNAL_TYPE = 'External::Resource';

/** How the id of a resource begins that stands for those of a type which could not be read from an account. */
export const STAND_IN = 'uncollected:';

/** Whether an id is of what stands for the unread: a gap, and no resource of anybody's. */
export function isStandIn(id: string): boolean {
  return id.startsWith(STAND_IN);
}
