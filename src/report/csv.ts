import type { Language, Text } from '../kernel/texts.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { RiskDecision } from '../model/decision.ts';
import type { Finding } from '../model/finding.ts';
import { cutText } from './cut-text.ts';
import { assuranceText, dayOf, decisionsByRisk, stateText } from './decision-words.ts';
import { loweringSets } from './lowering-sets.ts';
import { type NamedResources, namerOf } from './names.ts';
import { findingsForPeople, worstFirst } from './order.ts';
import { pathTeller } from './path-line.ts';
import { proposalLine } from './proposal-line.ts';
import { showInterval } from './score.ts';
import { showPlace } from './show-place.ts';
import {
  ASSET_KIND_WORDS,
  BAND_WORDS,
  FACTOR_WORDS,
  RESPONSE_WORDS,
  SEVERITY_WORDS,
  STATUS_WORDS,
} from './words.ts';

/** The risk register as CSV (RFC 4180), worst first; cells cannot act as formulas of a spreadsheet. */
export function renderRisksCsv(assessment: Assessment, language: Language): string {
  const say = (each: Text) => each[language];
  const namer = namerOf(assessment.environment);
  const name = (resource: string) => say(namer(resource));
  const tell = pathTeller(assessment.environment.resources, language);
  const head = [
    text('Id', '番号'),
    text('Rule', 'ルール'),
    text('Risk', 'リスク'),
    text('Factor', '要因'),
    text('Assets', '資産'),
    text('Path', '経路'),
    text('Without safeguards', '対策なし'),
    text('Now', '現在'),
    text('Level now', '現在の段階'),
    text('With the proposal', '実施後'),
    text('Level then', '実施後の段階'),
    text('Response', '対応'),
    text('Proposal', '提案'),
    text('Reason', '理由'),
    text('Cut', '遮断・妨害'),
    text('Lower band by', '段階が下がる組み合わせ'),
    text('Decision', '決定'),
    text('Decided by', '決定者'),
    text('Decided on', '決定日'),
    text('Until', '期限'),
    text('Signature', '署名'),
    text('Reason of the decision', '決定の理由'),
  ].map(say);
  const decisions = decisionsByRisk(assessment.decisions);
  const rows = worstFirst(assessment.risks).map((risk) => [
    risk.id,
    risk.rule,
    say(risk.title),
    say(FACTOR_WORDS[risk.factor]),
    risk.assets.map(({ resource }) => name(resource)).join('; '),
    tell(risk.path),
    showInterval(risk.inherent),
    showInterval(risk.current),
    say(BAND_WORDS[risk.band.current]),
    showInterval(risk.target),
    say(BAND_WORDS[risk.band.target]),
    say(RESPONSE_WORDS[risk.proposal.response]),
    say(proposalLine(risk.proposal, assessment.safeguards, namer)),
    say(risk.proposal.reason),
    say(cutText(risk, assessment.safeguards, namer)),
    loweringSets(risk, assessment.safeguards, namer).map(say).join('; '),
    ...decisionCells(decisions.get(risk.id), say),
  ]);
  return csv([head, ...rows]);
}

function decisionCells(decision: RiskDecision | undefined, say: (text: Text) => string): readonly string[] {
  if (!decision) return [say(stateText(undefined)), '', '', '', '', ''];
  const assurance = assuranceText(decision);
  return [
    say(stateText(decision)),
    decision.decidedBy ?? '',
    dayOf(decision.decidedAt),
    decision.until ?? '',
    assurance ? say(assurance) : '',
    decision.reason ?? '',
  ];
}

/** The asset inventory (情報資産管理台帳) as CSV. */
export function renderAssetsCsv(assessment: Assessment, language: Language): string {
  const say = (each: Text) => each[language];
  const namer = namerOf(assessment.environment);
  const head = [
    text('Asset', '資産'),
    text('Kind', '種類'),
    text('Holds', '内容'),
    text('Kept', '保管場所'),
    text('Manager', '管理者'),
    text('Owner', '責任者'),
    text('Confidentiality', '機密性'),
    text('Integrity', '完全性'),
    text('Availability', '可用性'),
    text('Importance', '重要度'),
    text('Assumed', '仮定'),
    text('Who can reach it', '到達できる者'),
  ].map(say);
  const rows = assessment.assets.map((asset) => [
    asset.name,
    say(ASSET_KIND_WORDS[asset.kind]),
    asset.holds ?? '',
    asset.location ?? '',
    asset.manager ?? '',
    asset.owner ?? '',
    showInterval(asset.confidentiality),
    showInterval(asset.integrity),
    showInterval(asset.availability),
    showInterval(asset.importance),
    asset.assumed ? say(text('yes', 'はい')) : '',
    [
      say(asset.reachedFrom),
      ...(asset.principals ?? []).map(({ principal, may }) => `${say(namer(principal))}: ${say(may)}`),
    ].join('; '),
  ]);
  return csv([head, ...rows]);
}

export interface FindingsForCsv extends NamedResources {
  readonly findings: readonly Finding[];
}

/** All findings as CSV, what fails first. */
export function renderFindingsCsv({ findings, resources }: FindingsForCsv, language: Language): string {
  const say = (each: Text) => each[language];
  const namer = namerOf({ resources });
  const head = [
    text('Id', '番号'),
    text('Control', '項目'),
    text('Status', '結果'),
    text('Severity', '重要度'),
    text('Resource', 'リソース'),
    text('Type', '型'),
    text('Title', '内容'),
    text('Because', '理由'),
    text('Place', '場所'),
  ].map(say);
  const rows = findingsForPeople(findings).map((finding) => [
    finding.id,
    finding.control,
    say(STATUS_WORDS[finding.status]),
    say(SEVERITY_WORDS[finding.severity]),
    say(namer(finding.resource)),
    finding.type,
    say(finding.title),
    say(finding.because),
    showPlace(finding.source) ?? '',
  ]);
  return csv([head, ...rows]);
}

/** With a byte order mark, by which spreadsheets know UTF-8. */
function csv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** Characters with which a spreadsheet takes a cell for a formula, their full-width forms included. */
const FORMULA = /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * One cell: quoted where RFC 4180 asks for it, and with an apostrophe before anything that a spreadsheet
 * would run (OWASP, "CSV Injection").
 */
export function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
