import { canonicalJson } from '../../decisions/canonical.ts';
import { shownRisk } from '../../decisions/entry.ts';
import { formatLog } from '../../decisions/log.ts';
import { text } from '../../kernel/texts.ts';
import { anchorOf, ownHistories, verify } from '../decisions/verification.ts';
import { notThere } from '../http/problem.ts';
import { decisionsPage } from '../pages/decisions.ts';
import { riskNamed } from '../pages/risk-rows.ts';
import { ownersSigners } from '../sign-in/people.ts';
import { FileAnswer, type Handlers } from './asked.ts';

type HistoryRoutes =
  | 'GET /api/decisions'
  | 'POST /api/decisions/verification'
  | 'GET /api/decisions/anchor'
  | 'GET /api/decisions/log'
  | 'GET /api/decisions/allowed-signers'
  | 'GET /api/risks/:id/canonical';

/** What was decided, and what it takes to verify it elsewhere. */
export const HISTORY_HANDLERS: Handlers<HistoryRoutes> = {
  'GET /api/decisions': ({ host, query }) =>
    decisionsPage(host.workspace.view(), query, host.workspace.judge),

  'POST /api/decisions/verification': ({ host, body }) =>
    verify(host.workspace.view(), {
      anchor: body.anchor,
      judge: host.workspace.judge,
      now: host.platform.now(),
    }),

  'GET /api/decisions/anchor'({ host }) {
    const manifest = anchorOf(host.workspace.view(), host.platform.now());
    return new FileAnswer(`${canonicalJson(manifest)}\n`, 'application/jsonl', 'honmaru.anchor.jsonl');
  },

  'GET /api/decisions/log'({ host }) {
    const view = host.workspace.view();
    const content = formatLog(ownHistories(view), [anchorOf(view, host.platform.now())]);
    return new FileAnswer(content, 'application/jsonl', 'honmaru.decisions.jsonl');
  },

  async 'GET /api/decisions/allowed-signers'({ host }) {
    const { roots } = host.workspace.view();
    const lines = await ownersSigners(host.platform.store, host.account, roots.owner);
    return new FileAnswer(`${roots.signers ?? ''}${lines}`, 'text/plain; charset=utf-8', 'allowed_signers');
  },

  'GET /api/risks/:id/canonical'({ host, parts }) {
    const found = riskNamed(host.workspace.view(), parts.id);
    if (!found) throw notThere(text(`the risk ${parts.id}`, `リスク ${parts.id} `));
    return new FileAnswer(shownRisk(found.risk).canonical, 'application/json', `${found.risk.id}.json`);
  },
};
