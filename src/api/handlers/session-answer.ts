import { VERSION } from '../../kernel/version.ts';
import type { RequestFacts } from '../../platform/context.ts';
import { isSetUp } from '../../platform/facts.ts';
import { users } from '../../services/iam/collections.ts';
import type { Session } from '../contract.ts';
import type { ConsoleHost } from '../host.ts';
import { actorOf, askerFor, shownUser } from '../sign-in/actor.ts';
import type { OpenSession } from '../sign-in/session-records.ts';
import { secondFactors } from '../sign-in/sign-in.ts';

/** What the console is told of a session. */
export async function sessionAnswer(
  host: ConsoleHost,
  session: OpenSession | undefined,
  request: RequestFacts,
  csrf: string,
): Promise<Session> {
  const { store } = host.platform;
  const common = { csrf, version: VERSION };
  const actor = session && (await actorOf(host, session));
  if (!actor) {
    return { state: (await isSetUp(store)) ? 'signed-out' : 'set-up-needed', ...common };
  }
  const { state, account, userId, expiresAt } = actor.session.value;
  const user = await store.get(users, userId);
  const methods = user ? await secondFactors(host, account, user.value) : [];
  if (state === 'mfa-needed') return { state, methods, ...common };
  const view = host.workspace.view();
  const { owner } = view.roots;
  return {
    state: user?.value.login?.resetRequired === true ? 'password-change-needed' : 'signed-in',
    ...common,
    methods,
    user: await shownUser(host, actor, await askerFor(host, actor, request)),
    environment: { name: view.environment, ...(owner !== undefined && { owner }) },
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
