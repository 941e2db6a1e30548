import { canonicalJson, digest } from '../../decisions/canonical.ts';
import { headsOf, sealHeads } from '../../decisions/heads.ts';
import { formatLog } from '../../decisions/log.ts';
import { refusal } from '../../decisions/refusal.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import type { Treatment } from '../../model/decision.ts';
import { users } from '../../services/iam/collections.ts';
import type { Answer, RouteName, Treatment as TreatmentBody } from '../contract.ts';
import {
  type DecisionDesk,
  keepDecision,
  prepareDecision,
  proposeTreatment,
  reopenRisk,
} from '../decisions/act.ts';
import { sshChallenge } from '../decisions/ssh-passkey.ts';
import { keepTicket, useTicket } from '../decisions/tickets.ts';
import { refuse } from '../http/problem.ts';
import { standingOf } from '../pages/risk-rows.ts';
import { auditAction } from '../sign-in/audit.ts';
import { authenticationOptions, signatureOf, takePasskey } from '../sign-in/passkeys.ts';
import { ownersSigners } from '../sign-in/people.ts';
import { missed, secondFactors, takeCode } from '../sign-in/sign-in.ts';
import { type Asked, FileAnswer, type Handlers, type SignedInActor } from './asked.ts';
import { secondFactorNeeded } from './me.ts';

type DecisionRoutes =
  | 'POST /api/risks/:id/proposal'
  | 'POST /api/proposals'
  | 'POST /api/risks/:id/decision/start'
  | 'POST /api/risks/:id/decision'
  | 'POST /api/risks/:id/reopen'
  | 'GET /api/decisions/log'
  | 'GET /api/decisions/allowed-signers';

export const DECISION_HANDLERS: Handlers<DecisionRoutes> = {
  async 'POST /api/risks/:id/proposal'(asked) {
    const { host, parts, body, request } = asked;
    const { caller, person } = await asked.actor();
    const treatment = treatmentOf(body.treatment);
    await proposeTreatment(deskOf(asked), parts.id, person, { treatment, shown: body.shown });
    await auditAction(host, caller, request, 'ProposeTreatment', {
      risk: parts.id,
      response: treatment.response,
    });
    return standingAnswer(asked, parts.id);
  },

  async 'POST /api/proposals'(asked) {
    const { host, body, request } = asked;
    const actor = await asked.actor();
    const treatment = treatmentOf(body.treatment);
    const proposed: string[] = [];
    const refused: Answer<'POST /api/proposals'>['refused'][number][] = [];
    for (const { id, shown } of body.risks) {
      try {
        await demandOn(asked, actor, id);
        await proposeTreatment(deskOf(asked), id, actor.person, { treatment, shown });
        await auditAction(host, actor.caller, request, 'ProposeTreatment', {
          risk: id,
          response: treatment.response,
        });
        proposed.push(id);
      } catch (error) {
        if (!(error instanceof HonmaruError)) throw error;
        refused.push({ risk: id, code: error.code, message: error.text });
      }
    }
    return { proposed, refused };
  },

  async 'POST /api/risks/:id/decision/start'(asked) {
    const { host, parts, body } = asked;
    const actor = await asked.actor();
    demandSecondFactor(actor);
    const { store } = host.platform;
    const { entry, canonical } = prepareDecision(deskOf(asked), parts.id, actor.person, body);
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
  },

  async 'POST /api/risks/:id/decision'(asked) {
    const { host, parts, body, request } = asked;
    const actor = await asked.actor();
    demandSecondFactor(actor);
    const { store } = host.platform;
    const ticket = await useTicket(store, body.ticket, actor.session.key, host.platform.now());
    if (!ticket || ticket.risk !== parts.id) {
      throw refuse(
        409,
        'decision-late',
        'begin this decision again',
        'この決定を最初からやり直してください',
        'ticket',
      );
    }
    const { entry } = ticket;
    if (body.method === 'totp') {
      if (!(await takeCode(host, actor.principal, body.code))) return missed(host, actor.session, request);
      await keepDecision(deskOf(asked), entry, { confirmation: 'totp' });
    } else {
      const challenge = sshChallenge(canonicalJson(entry)).toString('base64url');
      const passkey = await takePasskey(host, actor, challenge, body.response);
      if (!passkey) return missed(host, actor.session, request);
      await keepDecision(deskOf(asked), entry, { signature: signatureOf(host, passkey, body.response) });
    }
    await auditAction(host, actor.caller, request, 'DecideRisk', {
      risk: parts.id,
      approved: entry.approved,
      method: body.method,
      shown: entry.shown.hash,
    });
    return standingAnswer(asked, parts.id);
  },

  async 'POST /api/risks/:id/reopen'(asked) {
    const { host, parts, body, request } = asked;
    const { caller, person } = await asked.actor();
    await reopenRisk(deskOf(asked), parts.id, person, body.reason);
    await auditAction(host, caller, request, 'ReopenRisk', { risk: parts.id });
    return standingAnswer(asked, parts.id);
  },

  'GET /api/decisions/log'({ host }) {
    const { histories, environment } = host.workspace.view();
    const own = new Map([...histories].filter(([, [first]]) => first?.environment === environment));
    const heads = sealHeads(headsOf(own, 'honmaru', host.platform.now()));
    return new FileAnswer(formatLog(own, [heads]), 'application/jsonl', 'honmaru.decisions.jsonl');
  },

  async 'GET /api/decisions/allowed-signers'({ host }) {
    const { roots } = host.workspace.view();
    const lines = await ownersSigners(host.platform.store, host.account, roots.owner);
    return new FileAnswer(`${roots.signers ?? ''}${lines}`, 'text/plain; charset=utf-8', 'allowed_signers');
  },
};

function deskOf<Name extends RouteName>({ host }: Asked<Name>): DecisionDesk {
  const { store, now } = host.platform;
  return { workspace: host.workspace, store, now };
}

/** Fields that are not there are left out, so that they are not in what is signed. */
function treatmentOf({
  response,
  reason,
  until,
  counterparty,
  contract,
  coverage,
}: TreatmentBody): Treatment {
  return {
    response,
    reason,
    ...(until !== undefined && { until }),
    ...(counterparty !== undefined && { counterparty }),
    ...(contract !== undefined && { contract }),
    ...(coverage !== undefined && { coverage }),
  };
}

function demandSecondFactor({ session }: SignedInActor): void {
  if (session.value.mfa === 'none') throw secondFactorNeeded();
}

async function demandOn<Name extends RouteName>(
  { host }: Asked<Name>,
  { asker }: SignedInActor,
  risk: string,
): Promise<void> {
  const resource = `risk/${host.workspace.view().environment}/${risk}`;
  if (await asker.allows({ action: 'ProposeTreatment', resource })) return;
  throw refusal('access-denied', ['your policies do not let you propose', '提案する権限がありません']);
}

function standingAnswer<Name extends RouteName>({ host }: Asked<Name>, risk: string) {
  const { revision, decisions } = host.workspace.view();
  return { revision, standing: standingOf(decisions.get(risk)) };
}
