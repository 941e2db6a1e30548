import { refusal } from '../../decisions/refusal.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import type { Treatment } from '../../model/decision.ts';
import type { Answer, RouteName, Treatment as TreatmentBody } from '../contract.ts';
import {
  prepareClass,
  prepareClosing,
  prepareDecision,
  proposeTreatment,
  reopenRisk,
  reviewRisks,
  withdrawProposal,
} from '../decisions/act.ts';
import { titleOf } from '../pages/decisions.ts';
import { entrySentence } from '../pages/entry-sentence.ts';
import { auditAction } from '../sign-in/audit.ts';
import type { Asked, Handlers, SignedInActor } from './asked.ts';
import { deskOf, standingAnswer } from './desk.ts';
import { finishSigning, startSigning } from './signing.ts';

type DecisionRoutes =
  | 'POST /api/risks/:id/proposal'
  | 'POST /api/proposals'
  | 'POST /api/risks/:id/decision/start'
  | 'POST /api/risks/:id/decision'
  | 'POST /api/risks/:id/closing/start'
  | 'POST /api/risks/:id/closing'
  | 'POST /api/risks/:id/class/start'
  | 'POST /api/risks/:id/class'
  | 'POST /api/risks/:id/withdrawal'
  | 'POST /api/risks/:id/reopen'
  | 'POST /api/review';

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

  'POST /api/risks/:id/decision/start': (asked) =>
    startSigning(asked, ({ person }) => prepareDecision(deskOf(asked), asked.parts.id, person, asked.body)),
  'POST /api/risks/:id/decision': (asked) => finishSigning(asked, 'decided'),

  'POST /api/risks/:id/closing/start': (asked) =>
    startSigning(asked, ({ person }) => prepareClosing(deskOf(asked), asked.parts.id, person, asked.body)),
  'POST /api/risks/:id/closing': (asked) => finishSigning(asked, 'closed'),

  'POST /api/risks/:id/class/start': (asked) =>
    startSigning(asked, ({ person }) => prepareClass(deskOf(asked), asked.parts.id, person, asked.body)),
  'POST /api/risks/:id/class': (asked) => finishSigning(asked, 'class-changed'),

  async 'POST /api/risks/:id/withdrawal'(asked) {
    const { host, parts, body, request } = asked;
    const { caller, person } = await asked.actor();
    await withdrawProposal(deskOf(asked), parts.id, person, body);
    await auditAction(host, caller, request, 'WithdrawProposal', { risk: parts.id });
    return standingAnswer(asked, parts.id);
  },

  async 'POST /api/risks/:id/reopen'(asked) {
    const { host, parts, body, request } = asked;
    const { caller, person } = await asked.actor();
    await reopenRisk(deskOf(asked), parts.id, person, body.reason);
    await auditAction(host, caller, request, 'ReopenRisk', { risk: parts.id });
    return standingAnswer(asked, parts.id);
  },

  async 'POST /api/review'(asked) {
    const { host, request } = asked;
    const { caller, person } = await asked.actor();
    const recorded = await reviewRisks(deskOf(asked), person);
    await auditAction(host, caller, request, 'ReviewRisks', { recorded: recorded.length });
    const view = host.workspace.view();
    return {
      revision: view.revision,
      recorded: recorded.map((entry) => ({
        risk: entry.risk,
        title: titleOf(view, entry.risk),
        says: entrySentence(entry),
      })),
    };
  },
};

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

async function demandOn<Name extends RouteName>(
  { host }: Asked<Name>,
  { asker }: SignedInActor,
  risk: string,
): Promise<void> {
  const resource = `risk/${host.workspace.view().environment}/${risk}`;
  if (await asker.allows({ action: 'ProposeTreatment', resource })) return;
  throw refusal('access-denied', ['your policies do not let you propose', '提案する権限がありません']);
}
