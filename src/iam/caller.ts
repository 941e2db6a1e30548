import { arnText } from './match/arn.ts';
import { openText, type PartialString, partial, partsOf, splitPartial } from './partial.ts';

/** Who makes a request. ARNs may have holes. */
export type Caller = UserCaller | RoleCaller | FederatedUserCaller | RootCaller | OutsideCaller;

interface AwsCaller {
  /** The unique id (`AIDA…`, `AROA…:session`) as `aws:userid` gives it. */
  readonly id?: string;
  /** The canonical user id that S3 knows the account by. */
  readonly canonicalUser?: string;
}

export interface UserCaller extends AwsCaller {
  readonly type: 'user';
  readonly arn: PartialString;
}

export interface RoleCaller extends AwsCaller {
  readonly type: 'role-session';
  /** The ARN of the role, with its path. */
  readonly role: PartialString;
  /** The ARN of the session (`arn:aws:sts::…:assumed-role/Role/session`). */
  readonly session: PartialString;
}

export interface FederatedUserCaller extends AwsCaller {
  readonly type: 'federated-user';
  readonly arn: PartialString;
  /** The IAM user that called GetFederationToken. */
  readonly user?: PartialString;
}

export interface RootCaller extends AwsCaller {
  readonly type: 'account-root';
  readonly account: PartialString;
}

/** A caller without an AWS account of its own. */
export interface OutsideCaller {
  readonly type: 'service' | 'web-identity' | 'saml' | 'anonymous';
  /** Service principal name, or the provider's ARN or host name; empty for anonymous callers. */
  readonly name: string;
}

/** One of the names that a policy may know a caller by, and what a grant to that name is worth. */
export interface CallerName {
  /**
   * `direct`: the caller itself; `role`: the role behind a session (or the user behind a federated
   * session); `account`: the account, which only delegates.
   */
  readonly level: 'direct' | 'role' | 'account';
  readonly arn: PartialString;
}

export interface PreparedCaller {
  readonly kind: 'aws' | 'service' | 'federated' | 'anonymous';
  readonly type: Caller['type'];
  readonly account: PartialString | undefined;
  /** From the account down to the caller itself. */
  readonly names: readonly CallerName[];
  readonly principalArn: PartialString | undefined;
  readonly principalType: string;
  readonly userName: PartialString | undefined;
  readonly id: string | undefined;
  readonly canonicalUser: string | undefined;
  /** The name of a service principal or identity provider. */
  readonly name: string;
  /** Service-linked roles stand outside of organisation policies. */
  readonly serviceLinked: boolean;
}

const prepared = new WeakMap<Caller, PreparedCaller>();

/** Works out the names of a caller; the same object is prepared only once. */
export function prepareCaller(caller: Caller): PreparedCaller {
  const known = prepared.get(caller);
  if (known !== undefined) return known;
  const fresh = prepare(caller);
  prepared.set(caller, fresh);
  return fresh;
}

function prepare(caller: Caller): PreparedCaller {
  switch (caller.type) {
    case 'user':
      return aws(caller, accountIn(caller.arn), [{ level: 'direct', arn: caller.arn }], {
        principalType: 'User',
        userName: lastOfPath(caller.arn),
      });
    case 'role-session':
      return aws(
        caller,
        accountIn(caller.role),
        [
          { level: 'role', arn: caller.role },
          { level: 'direct', arn: caller.session },
        ],
        {
          principalType: 'AssumedRole',
          principalArn: caller.role,
          serviceLinked: beginsWith(caller.role, 5, 'role/aws-service-role/'),
        },
      );
    case 'federated-user': {
      const behind: CallerName[] = caller.user ? [{ level: 'role', arn: caller.user }] : [];
      return aws(caller, accountIn(caller.arn), [...behind, { level: 'direct', arn: caller.arn }], {
        principalType: 'FederatedUser',
      });
    }
    case 'account-root':
      return aws(caller, caller.account, [], { principalType: 'Account' });
    default:
      return outside(caller);
  }
}

interface AwsFacts {
  readonly principalType: string;
  readonly principalArn?: PartialString;
  readonly userName?: PartialString | undefined;
  readonly serviceLinked?: boolean;
}

function aws(
  caller: Exclude<Caller, OutsideCaller>,
  account: PartialString | undefined,
  names: readonly CallerName[],
  facts: AwsFacts,
): PreparedCaller {
  const root = partial(['arn:aws:iam::', ...partsOf(account ?? ''), ':root']);
  return {
    kind: 'aws',
    type: caller.type,
    account,
    names: [{ level: 'account', arn: root }, ...names],
    principalArn: facts.principalArn ?? names.at(-1)?.arn ?? root,
    principalType: facts.principalType,
    userName: facts.userName,
    id: caller.id,
    canonicalUser: caller.canonicalUser,
    name: '',
    serviceLinked: facts.serviceLinked ?? false,
  };
}

function outside(caller: OutsideCaller): PreparedCaller {
  const kind =
    caller.type === 'service' ? 'service' : caller.type === 'anonymous' ? 'anonymous' : 'federated';
  return {
    kind,
    type: caller.type,
    account: undefined,
    names: [],
    principalArn: undefined,
    principalType: kind === 'service' ? 'Service' : kind === 'anonymous' ? 'Anonymous' : 'Federated',
    userName: undefined,
    id: undefined,
    canonicalUser: undefined,
    name: caller.name,
    serviceLinked: false,
  };
}

function accountIn(arn: PartialString): PartialString | undefined {
  return arnText(arn).segments?.[4] ?? openUnlessKnown(arn, 'aws:PrincipalAccount');
}

/** What cannot be read out of an ARN with holes is open; a known text that is no ARN has no such part. */
function openUnlessKnown(arn: PartialString, key: string): PartialString | undefined {
  return typeof arn === 'string' ? undefined : openText(`\${${key}}`);
}

/** The friendly name: what stands behind the path. A hole there is taken to hold no slash. */
function lastOfPath(arn: PartialString): PartialString | undefined {
  const resource = arnText(arn).segments?.[5];
  if (resource === undefined) return openUnlessKnown(arn, 'aws:username');
  if (typeof resource === 'string') return resource.slice(resource.lastIndexOf('/') + 1);
  return splitPartial(resource, '/', Number.POSITIVE_INFINITY).at(-1);
}

function beginsWith(arn: PartialString, segment: number, prefix: string): boolean {
  const text = arnText(arn).segments?.[segment];
  const first = text === undefined ? undefined : partsOf(text)[0];
  return typeof first === 'string' && first.startsWith(prefix);
}
