import { canonicalJson, digest } from '../../decisions/canonical.ts';
import type { OwnersEntry } from '../../decisions/judge.ts';
import { users } from '../../services/iam/collections.ts';
import type { Answer } from '../contract.ts';
import { keepPrepared, type Prepared } from '../decisions/act.ts';
import { sshChallenge } from '../decisions/ssh-passkey.ts';
import { keepTicket, type Ticket, useTicket } from '../decisions/tickets.ts';
import { refuse } from '../http/problem.ts';
import { auditAction } from '../sign-in/audit.ts';
import { authenticationOptions, signatureOf, takePasskey } from '../sign-in/passkeys.ts';
import { missed, secondFactors, takeCode } from '../sign-in/sign-in.ts';
import type { Asked, SignedInActor } from './asked.ts';
import { deskOf, standingAnswer } from './desk.ts';
import { secondFactorNeeded } from './me.ts';

type StartRoute =
  | 'POST /api/risks/:id/decision/start'
  | 'POST /api/risks/:id/closing/start'
  | 'POST /api/risks/:id/class/start';
type FinishRoute =
  | 'POST /api/risks/:id/decision'
  | 'POST /api/risks/:id/closing'
  | 'POST /api/risks/:id/class';

/** What is entered with a second factor of its own, and by which action it is audited. */
const ACTIONS = {
  decided: 'DecideRisk',
  closed: 'CloseRisk',
  'class-changed': 'ChangeClass',
} as const satisfies Record<OwnersEntry['kind'], string>;

/**
 * Answers the bytes of a prepared entry and how they can be signed or confirmed.
 *
 * @throws Refusal 403 `mfa-needed`.
 */
export async function startSigning(
  asked: Asked<StartRoute>,
  prepare: (actor: SignedInActor) => Prepared,
): Promise<Answer<StartRoute>> {
  const { host, parts } = asked;
  const actor = await asked.actor();
  demandSecondFactor(actor);
  const { store } = host.platform;
  const { entry, canonical } = prepare(actor);
  const user = await store.get(users, actor.principal.id);
  const methods = user ? await secondFactors(host, actor.principal.account, user.value) : [];
  const ticket = await keepTicket(
    store,
    { session: actor.session.key, risk: parts.id, entry },
    host.platform.now(),
  );
  const passkey = methods.includes('passkey')
    ? (await authenticationOptions(host, actor.principal, sshChallenge(canonical))).options
    : undefined;
  return {
    ticket,
    hash: digest(canonical),
    canonical,
    methods,
    ...(passkey && { passkey: { ...passkey } }),
  };
}

/**
 * Keeps a prepared entry, signed by the passkey or confirmed by the code that the body gives.
 *
 * @throws Refusal 401 for a wrong one, 403 `mfa-needed`, 409 `decision-late` for a ticket that is used or old.
 */
export async function finishSigning(
  asked: Asked<FinishRoute>,
  kind: OwnersEntry['kind'],
): Promise<Answer<FinishRoute>> {
  const { host, parts, body, request } = asked;
  const actor = await asked.actor();
  demandSecondFactor(actor);
  const { entry } = await ticketOf(asked, actor, kind);
  if (body.method === 'totp') {
    if (!(await takeCode(host, actor.principal, body.code))) return missed(host, actor.session, request);
    await keepPrepared(deskOf(asked), entry, { confirmation: 'totp' });
  } else {
    const challenge = sshChallenge(canonicalJson(entry)).toString('base64url');
    const passkey = await takePasskey(host, actor, challenge, body.response);
    if (!passkey) return missed(host, actor.session, request);
    await keepPrepared(deskOf(asked), entry, { signature: signatureOf(host, passkey, body.response) });
  }
  await auditAction(host, actor.caller, request, ACTIONS[kind], {
    risk: parts.id,
    ...(entry.kind === 'decided' && { approved: entry.approved }),
    ...(entry.kind === 'class-changed' && { asset: entry.resource, class: entry.after.high }),
    method: body.method,
    shown: entry.shown.hash,
  });
  return standingAnswer(asked, parts.id);
}

/** Of a ticket for something else is told no more than of one that is used. */
async function ticketOf(
  { host, parts, body }: Asked<FinishRoute>,
  { session }: SignedInActor,
  kind: OwnersEntry['kind'],
): Promise<Ticket> {
  const { store, now } = host.platform;
  const ticket = await useTicket(store, body.ticket, session.key, now());
  if (ticket?.risk === parts.id && ticket.entry.kind === kind) return ticket;
  throw refuse(
    409,
    'decision-late',
    'begin this decision again',
    'この決定を最初からやり直してください',
    'ticket',
  );
}

function demandSecondFactor({ session }: SignedInActor): void {
  if (session.value.mfa === 'none') throw secondFactorNeeded();
}
