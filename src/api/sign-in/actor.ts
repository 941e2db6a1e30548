import { samePerson } from '../../decisions/person.ts';
import { authoriser } from '../../platform/authorise.ts';
import type { Caller } from '../../platform/caller.ts';
import type { RequestFacts } from '../../platform/context.ts';
import type { Principal } from '../../platform/identity.ts';
import { callerOfKey, callerOfSession } from '../../platform/sign-in.ts';
import type { User } from '../contract.ts';
import type { ConsoleHost } from '../host.ts';
import { refuse } from '../http/problem.ts';
import { personOf } from './people.ts';
import type { OpenSession } from './session-records.ts';

/** Somebody who is signed in, or on the way to it. */
export interface Actor {
  readonly session: OpenSession;
  readonly caller: Caller;
  readonly principal: Principal;
  readonly person: string;
}

/** Who a session belongs to; undefined when the user is gone, or the session's token is over. */
export async function actorOf(host: ConsoleHost, session: OpenSession): Promise<Actor | undefined> {
  const { platform } = host;
  const opened = platform.sessions.open(session.value.token);
  if (!opened || opened.expiresAt <= platform.now().getTime()) return undefined;
  const { identity } = await platform.ports();
  const caller = await callerOfSession(opened, identity);
  const principal = caller?.principal;
  if (!caller || !principal) return undefined;
  const person = await personOf(platform.store, session.value.account, principal);
  return { session, caller, principal, person };
}

/**
 * The same user for calls of the IAM service: there a session counts only when it began with a second factor, and
 * the first device must be registered without one, as in AWS's own console.
 */
export async function selfCaller(host: ConsoleHost, actor: Actor): Promise<Caller> {
  if (actor.session.value.mfa !== 'none') return actor.caller;
  const { identity } = await host.platform.ports();
  const { account, id } = actor.principal;
  const own = await callerOfKey(
    { accessKeyId: '', secret: '', active: true, account, principalId: id },
    identity,
  );
  return own ?? actor.caller;
}

/** What is asked of the policy engine: `honmaru:<action>` on a part of the environment. */
export interface ConsolePermission {
  readonly action: string;
  /** `environment/webapp`, `risk/webapp/…`, `report/webapp/html`. */
  readonly resource: string;
}

export interface Asker {
  allows(permission: ConsolePermission): Promise<boolean>;
}

/** Asks the same policy engine as every other service, with the session's keys. */
export async function askerFor(host: ConsoleHost, actor: Actor, request: RequestFacts): Promise<Asker> {
  const { platform } = host;
  const { identity, organization } = await platform.ports();
  const { region } = platform;
  const asked = authoriser({
    caller: actor.caller,
    request,
    region,
    now: platform.now(),
    identity,
    organization,
  });
  return {
    async allows({ action, resource }) {
      const arn = `arn:aws:honmaru:${region}:${actor.caller.account}:${resource}`;
      return (await asked.decide({ action: `honmaru:${action}`, resource: arn })).verdict === 'ALLOW';
    },
  };
}

/** @throws Refusal 403, which says nothing of whether the resource exists. */
export async function demand(asker: Asker, permission: ConsolePermission): Promise<void> {
  if (await asker.allows(permission)) return;
  throw refuse(
    403,
    'access-denied',
    `your policies do not allow honmaru:${permission.action} here`,
    `ポリシーにより honmaru:${permission.action} は許可されていません`,
  );
}

/** The user as the console shows it. */
export async function shownUser(host: ConsoleHost, actor: Actor, asker: Asker): Promise<User> {
  const view = host.workspace.view();
  const { owner } = view.roots;
  const environment = `environment/${view.environment}`;
  const allowed = (action: string, resource = environment) => asker.allows({ action, resource });
  const anyRisk = `risk/${view.environment}/*`;
  const [propose, decide, close, changeClass, fix, enter, report, administer] = await Promise.all([
    allowed('ProposeTreatment', anyRisk),
    allowed('DecideRisk', anyRisk),
    allowed('CloseRisk', anyRisk),
    allowed('ChangeClass', anyRisk),
    allowed('PlanFix'),
    allowed('EnterAsset'),
    allowed('GetReport', `report/${view.environment}/html`),
    allowed('NamePerson'),
  ]);
  return {
    account: actor.caller.account,
    name: actor.principal.name,
    arn: actor.principal.arn,
    person: actor.person,
    owner: owner !== undefined && samePerson(owner, actor.person),
    mfa: actor.session.value.mfa,
    permissions: { propose, decide, close, changeClass, fix, enter, report, administer },
  };
}
