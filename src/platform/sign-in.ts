import { NO_POLICIES } from '../iam/engine.ts';
import type { Caller } from './caller.ts';
import type { AccessKey, IdentitySource, Principal } from './identity.ts';
import type { OpenedSession } from './sessions.ts';

/** A caller that nothing is known of: the operation is called unsigned. */
export function anonymousCaller(account: string): Caller {
  return {
    kind: 'anonymous',
    arn: '',
    userId: '',
    account,
    accessKeyId: '',
    principal: undefined,
    session: undefined,
    policyCaller: { type: 'anonymous', name: '' },
  };
}

/** Whoever holds a long-term key; undefined when the principal is gone. */
export async function callerOfKey(key: AccessKey, identity: IdentitySource): Promise<Caller | undefined> {
  const principal = await identity.principal(key.account, key.principalId);
  return principal && kept(principal, key.accessKeyId, () => longTermCaller(principal, key.accessKeyId));
}

/** Whoever holds a session; undefined when the principal behind it is gone. */
export async function callerOfSession(
  session: OpenedSession,
  identity: IdentitySource,
): Promise<Caller | undefined> {
  const principal = await identity.principal(session.account, session.principalId);
  return principal && kept(principal, session.accessKeyId, () => sessionCaller(session, principal));
}

const callers = new WeakMap<Principal, Map<string, Caller>>();
const MOST_PER_PRINCIPAL = 1_000;

/** The same object for the same principal and key, so that the policy engine prepares it once. */
function kept(principal: Principal, accessKeyId: string, make: () => Caller): Caller {
  let ofPrincipal = callers.get(principal);
  if (!ofPrincipal || ofPrincipal.size >= MOST_PER_PRINCIPAL) {
    ofPrincipal = new Map();
    callers.set(principal, ofPrincipal);
  }
  const before = ofPrincipal.get(accessKeyId);
  if (before) return before;
  const caller = make();
  ofPrincipal.set(accessKeyId, caller);
  return caller;
}

function longTermCaller(principal: Principal, accessKeyId: string): Caller {
  return {
    kind: principal.kind === 'root' ? 'root' : 'user',
    arn: principal.arn,
    userId: principal.id,
    account: principal.account,
    accessKeyId,
    principal,
    session: undefined,
    policyCaller:
      principal.kind === 'root'
        ? { type: 'account-root', account: principal.account, id: principal.id }
        : { type: 'user', arn: principal.arn, id: principal.id },
  };
}

function sessionCaller(opened: OpenedSession, principal: Principal): Caller {
  const { secret: _secret, accessKeyId, ...session } = opened;
  const common = { account: session.account, accessKeyId, principal, session };
  if (session.kind === 'session') {
    return { ...longTermCaller(principal, accessKeyId), session };
  }
  if (session.kind === 'federated-user') {
    const arn = `arn:aws:sts::${session.account}:federated-user/${session.name}`;
    const userId = `${session.account}:${session.name}`;
    const policyCaller = { type: 'federated-user', arn, user: principal.arn, id: userId } as const;
    return { ...common, kind: 'federated-user', arn, userId, policyCaller };
  }
  const arn = `arn:aws:sts::${session.account}:assumed-role/${principal.name}/${session.name}`;
  const userId = `${principal.id}:${session.name}`;
  const policyCaller = { type: 'role-session', role: principal.arn, session: arn, id: userId } as const;
  return { ...common, kind: 'role', arn, userId, policyCaller };
}

/** The root user of an account, who needs no policies. */
export function rootPrincipal(account: string): Principal {
  return {
    kind: 'root',
    account,
    id: account,
    arn: `arn:aws:iam::${account}:root`,
    name: 'root',
    path: '/',
    tags: {},
    identity: NO_POLICIES,
  };
}

/** The root user as a caller without an access key: what the program does on the spot. */
export function rootCaller(account: string): Caller {
  return longTermCaller(rootPrincipal(account), '');
}
