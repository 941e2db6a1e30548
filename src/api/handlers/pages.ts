import { text } from '../../kernel/texts.ts';
import type { RouteName } from '../contract.ts';
import { REPORT_FORMATS } from '../contract.ts';
import { notThere, refuse } from '../http/problem.ts';
import { assetDetail, assetsPage } from '../pages/assets.ts';
import { attacksPage } from '../pages/attacks.ts';
import { coverageFactsPage, coveragePage } from '../pages/coverage.ts';
import { findingsPage } from '../pages/findings.ts';
import { historyPage } from '../pages/history.ts';
import { mapPage } from '../pages/map.ts';
import { overviewPage } from '../pages/overview.ts';
import { panel } from '../pages/panel.ts';
import { reportFile, reportsPage } from '../pages/reports.ts';
import { resourceDetail, resourcesPage } from '../pages/resources.ts';
import { riskDetail } from '../pages/risk-detail.ts';
import { board, heatMap, risksPage } from '../pages/risks.ts';
import { matrixPage } from '../pages/safeguards.ts';
import { unknownSwitch, whatIf } from '../pages/what-if.ts';
import { type Asked, FileAnswer, type Handlers } from './asked.ts';

type PageRoutes =
  | 'GET /api/overview'
  | 'GET /api/map'
  | 'GET /api/map/panel'
  | 'POST /api/what-if'
  | 'GET /api/attacks'
  | 'GET /api/risks'
  | 'GET /api/heat-map'
  | 'GET /api/board'
  | 'GET /api/risks/:id'
  | 'GET /api/risks/:id/history'
  | 'GET /api/assets'
  | 'GET /api/assets/:id'
  | 'GET /api/findings'
  | 'GET /api/safeguards'
  | 'GET /api/resources'
  | 'GET /api/resources/:id'
  | 'GET /api/coverage'
  | 'GET /api/coverage/facts'
  | 'GET /api/reports'
  | 'GET /api/reports/:format';

function viewOf<Name extends RouteName>({ host }: Asked<Name>) {
  return host.workspace.view();
}

/** Everything that only looks. */
export const PAGE_HANDLERS: Handlers<PageRoutes> = {
  'GET /api/overview': async (asked) =>
    overviewPage(viewOf(asked), await asked.visitor(), asked.host.workspace.diary),
  'GET /api/map': (asked) => mapPage(viewOf(asked), asked.query.lang),
  async 'GET /api/map/panel'(asked) {
    const { safeguard, place } = asked.query;
    const found = await panel(viewOf(asked), safeguard, place);
    if (found) return found;
    throw notThere(text(`the safeguard ${safeguard} at ${place}`, `${place} の対策 ${safeguard} `));
  },
  'POST /api/what-if'(asked) {
    const { switches } = asked.body;
    const wrong = unknownSwitch(viewOf(asked), switches);
    if (wrong === undefined) return whatIf(viewOf(asked), switches);
    throw refuse(
      400,
      'switch-unknown',
      `nothing is known of ${wrong}`,
      `${wrong} は見つかりません`,
      'switches',
    );
  },
  'GET /api/attacks': (asked) => attacksPage(viewOf(asked)),
  'GET /api/risks': async (asked) => risksPage(viewOf(asked), asked.query, await asked.visitor()),
  'GET /api/heat-map': async (asked) => heatMap(viewOf(asked), await asked.visitor()),
  'GET /api/board': async (asked) => board(viewOf(asked), await asked.visitor()),
  async 'GET /api/risks/:id'(asked) {
    const { id } = asked.parts;
    const found = riskDetail(viewOf(asked), id, await asked.visitor(), asked.host.platform.now());
    if (found) return found;
    throw notThere(text(`the risk ${id}`, `リスク ${id} `));
  },
  async 'GET /api/risks/:id/history'(asked) {
    const { id } = asked.parts;
    if (!viewOf(asked).decisions.has(id)) throw notThere(text(`the risk ${id}`, `リスク ${id} `));
    return historyPage(viewOf(asked), id, asked.host.workspace.judge);
  },
  'GET /api/assets': (asked) => assetsPage(viewOf(asked), asked.query),
  'GET /api/assets/:id'(asked) {
    const { id } = asked.parts;
    const found = assetDetail(viewOf(asked), id);
    if (found) return found;
    throw notThere(text(`the asset ${id}`, `資産 ${id} `));
  },
  'GET /api/findings': (asked) => findingsPage(viewOf(asked), asked.query),
  'GET /api/safeguards': (asked) => matrixPage(viewOf(asked), asked.query),
  'GET /api/resources': (asked) => resourcesPage(viewOf(asked), asked.query),
  'GET /api/resources/:id'(asked) {
    const { id } = asked.parts;
    const found = resourceDetail(viewOf(asked), id);
    if (found) return found;
    throw notThere(text(`the resource ${id}`, `リソース ${id} `));
  },
  'GET /api/coverage': (asked) => coveragePage(viewOf(asked)),
  'GET /api/coverage/facts': (asked) => coverageFactsPage(viewOf(asked), asked.query),
  'GET /api/reports': (asked) => reportsPage(viewOf(asked)),
  async 'GET /api/reports/:format'(asked) {
    const { format } = asked.parts;
    const known = REPORT_FORMATS.find((each) => each === format);
    if (!known) throw notThere(text(`the report ${format}`, `レポート ${format} `));
    const { content, media, name } = await reportFile(viewOf(asked), known, asked.query.lang);
    return new FileAnswer(content, media, name);
  },
};
