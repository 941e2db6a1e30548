import type { PolicyProgram } from '../compile/program.ts';
import type { PartialString } from '../partial.ts';

/** The kinds of policy that have a say, in the order in which a refusal is reported. */
export type Layer =
  | 'resource-control'
  | 'service-control'
  | 'resource'
  | 'identity'
  | 'boundary'
  | 'session'
  | 'endpoint';

/**
 * Everything that may say something about a request. A layer that is left out does not apply; an empty
 * program in a limiting layer allows nothing.
 */
export interface Access {
  /** Inline, managed and group policies of the caller. */
  readonly identity?: PolicyProgram;
  /** The permissions boundary of the user or role. */
  readonly boundary?: PolicyProgram;
  /** All session policies of a temporary session, inline and managed. */
  readonly session?: PolicyProgram;
  /** Service control policies of the caller's account: one program for each level from the root down. */
  readonly serviceControl?: readonly PolicyProgram[];
  /** Resource control policies of the resource's account, level by level. */
  readonly resourceControl?: readonly PolicyProgram[];
  /** The policy of the resource; for sts:AssumeRole… the trust policy of the role. */
  readonly resource?: PolicyProgram;
  /** The policy of the VPC endpoint through which the request comes. */
  readonly endpoint?: PolicyProgram;
  /** Grants on the resource (KMS), see `grantPolicy`. */
  readonly grants?: PolicyProgram;
  /** The organisation's management account: its principals and resources stand outside of SCPs and RCPs. */
  readonly managementAccount?: PartialString;
}
