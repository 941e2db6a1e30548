import type { Named } from './records.ts';

/** The kinds of thing that IAM gives ARNs with a path to. */
export type NamedKind =
  | 'user'
  | 'group'
  | 'role'
  | 'policy'
  | 'instance-profile'
  | 'server-certificate'
  | 'mfa';

/** `arn:aws:iam::111122223333:user/division/alice` */
export function arnOf(kind: NamedKind, record: Pick<Named, 'account' | 'path' | 'name'>): string {
  return `arn:aws:iam::${record.account}:${kind}${record.path}${record.name}`;
}

export function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

export interface ParsedArn {
  /** Twelve digits, or `aws` for policies of AWS's. */
  readonly account: string;
  /** What stands before the first slash. */
  readonly kind: string;
  /** With slashes at both ends. */
  readonly path: string;
  readonly name: string;
}

/** Paths may have empty parts; no name has more characters than the serial number of a device. */
const IAM_ARN = /^arn:aws:iam::(\d{12}|aws):([a-z-]+)(\/(?:[!-~]*\/)?)([!-.0-~]{1,256})$/;
const LONGEST_ARN = 2_048;

/** The parts of an ARN of IAM, or undefined when it is none. */
export function parseArn(arn: string): ParsedArn | undefined {
  if (arn.length > LONGEST_ARN) return undefined;
  const [, account, kind, path, name] = IAM_ARN.exec(arn) ?? [];
  if (account === undefined || kind === undefined || path === undefined || name === undefined)
    return undefined;
  return { account, kind, path, name };
}
