import type { Span } from '../../kernel/source-file.ts';
import type { Answer } from '../../model/answer.ts';
import type { Basis } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** One instance of a Terraform resource as HCL, a plan or a state describes it, in Terraform's own words. */
export interface TerraformResource {
  /** The full address, such as `module.web["a"].aws_instance.server[0]`. */
  readonly address: string;
  readonly type: string;
  /** The module's address, empty for the root module. */
  readonly module: string;
  /** Arguments and attributes; nested blocks are lists of maps. */
  readonly attributes: ReadonlyMap<string, Value>;
  readonly span: Span;
  readonly exists: Answer;
  /** Addresses of `depends_on`. */
  readonly dependsOn: readonly string[];
  readonly basis: Basis;
  /** Addresses it had before (`moved` blocks, a plan's `previous_address`). */
  readonly movedFrom: readonly string[];
  /** `lifecycle { prevent_destroy = true }`. */
  readonly preventDestroy: boolean;
  /** Names of attributes whose values Terraform marks as sensitive. */
  readonly sensitive: readonly string[];
}

/** What stands in the graph for a value that must not be shown. */
export const REDACTED = '(sensitive value)';

/** The graph's id of a Terraform address. */
export function idOf(address: string): string {
  return `tf:${address}`;
}
