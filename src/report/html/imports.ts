import { joinTexts, text } from '../../kernel/texts.ts';
import type { ImportedDecision, ImportedFinding } from '../../model/imported.ts';
import { decisionLevel, decisionParts, importsDetails, importsHeadline } from '../imports.ts';
import { type Html, html } from './html.ts';
import { breakable, type Page, section, table } from './page.ts';

const MOST_ROWS = 300;

/** What other tools found: the decisions, then each fact under its decision, then what is closed. */
export function imports(page: Page): Html | undefined {
  const { assessment, say } = page;
  const { imports: found } = assessment;
  if (!found) return undefined;
  const failing = found.findings.filter(({ fact }) => fact === 'fail');
  const rest = failing.length - MOST_ROWS;
  const details = joinTexts(importsDetails(found), text('; ', '。'));
  return section(
    'imports',
    say(text('Findings of other tools', '他のツールの検出結果')),
    html`<p><strong>${say(importsHeadline(found))}</strong></p><p>${say(details)}</p>`,
    decisionsTable(found.decisions, page),
    failing.length > 0 ? factsTable(failing.slice(0, MOST_ROWS), found.decisions, page) : undefined,
    rest > 0 ? html`<p>${say(text(`… and ${rest} more`, `… ほか${rest}件`))}</p>` : undefined,
    found.closed.length > 0 ? closedTable(page) : undefined,
  );
}

function decisionsTable(decisions: readonly ImportedDecision[], { assessment, say }: Page): Html | undefined {
  if (decisions.length === 0) return undefined;
  const heads = [
    text('Decision', '判断'),
    text('Level', '段階'),
    text('What to decide', '判断すること'),
    text('Findings', '検出結果'),
    text('Tools', 'ツール'),
  ].map(say);
  const rows = decisions.map((each, index) => [
    index + 1,
    say(decisionLevel(each, assessment.risks)),
    html`${say(each.title)}${partsOf(each, say)}${each.risk === undefined ? undefined : html` <span class="faint">${each.risk}</span>`}`,
    each.findings,
    each.tools.join(', '),
  ]);
  return table('imports', heads, rows);
}

function partsOf(decision: ImportedDecision, say: Page['say']): Html | undefined {
  const parts = decisionParts(decision);
  return parts ? html`<br><span class="faint">${say(parts)}</span>` : undefined;
}

function factsTable(
  facts: readonly ImportedFinding[],
  decisions: readonly ImportedDecision[],
  { say, nameOf }: Page,
): Html {
  const numbers = new Map(decisions.map(({ id }, index) => [id, index + 1]));
  const sorted = facts.toSorted(
    (a, b) => (numbers.get(a.decision ?? '') ?? 0) - (numbers.get(b.decision ?? '') ?? 0),
  );
  const heads = [
    text('Decision', '判断'),
    text('Control', '項目'),
    text('Resource', 'リソース'),
    text('What the tools say', 'ツールの報告'),
  ].map(say);
  const rows = sorted.map((fact) => [
    numbers.get(fact.decision ?? '') ?? '',
    fact.control ?? '–',
    breakable(fact.resource === undefined ? fact.named : nameOf(fact.resource)),
    html`${fact.title}<br><span class="faint">${fact.sources.map(
      ({ tool, check, says }) => html`${tool} ${breakable(check)} ${says} `,
    )}</span>`,
  ]);
  return table('imports', heads, rows);
}

function closedTable({ assessment, say }: Page): Html {
  const heads = [text('Closed', '終了'), text('Resource', 'リソース'), text('Why', '理由')].map(say);
  const rows = (assessment.imports?.closed ?? []).map(({ title, named, why }) => [
    title,
    breakable(named),
    say(why),
  ]);
  return table('imports', heads, rows);
}
