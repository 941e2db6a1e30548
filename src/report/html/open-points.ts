import { text } from '../../kernel/texts.ts';
import { findingsForPeople } from '../order.ts';
import { showInterval } from '../score.ts';
import { showPlace } from '../show-place.ts';
import { unlookedTypes } from '../unlooked.ts';
import { NOT_ANALYSED_WORDS, SEVERITY_WORDS, STATUS_WORDS } from '../words.ts';
import { type Html, html } from './html.ts';
import { breakable, type Page, placeNote, section, table } from './page.ts';

const MOST_ROWS = 500;

/** What the controls found, the severe first. */
export function findings(page: Page): Html {
  const { assessment, say, nameOf } = page;
  const open = findingsForPeople(assessment.findings).filter(
    ({ status }) => status === 'FAIL' || status === 'UNKNOWN',
  );
  const rows = open
    .slice(0, MOST_ROWS)
    .map((finding) => [
      say(STATUS_WORDS[finding.status]),
      say(SEVERITY_WORDS[finding.severity]),
      finding.control,
      breakable(nameOf(finding.resource)),
      html`${say(finding.title)}<br><span class="faint">${say(finding.because)}</span> ${placeNote(finding.source)}`,
    ]);
  const heads = [
    text('Status', '結果'),
    text('Severity', '重要度'),
    text('Control', '項目'),
    text('Resource', 'リソース'),
    text('What', '内容'),
  ].map(say);
  const rest = open.length - MOST_ROWS;
  return section(
    'findings',
    say(text('Findings of the controls', '設定の検査結果')),
    rows.length > 0
      ? table('findings', heads, rows)
      : html`<p>${say(text('No control fails and none is undecided.', '不適合も判定不能もありません。'))}</p>`,
    rest > 0 ? html`<p>${say(text(`… and ${rest} more`, `… ほか${rest}件`))}</p>` : undefined,
  );
}

/** What was assumed and must be confirmed by somebody who knows. */
export function assumptions(page: Page): Html {
  const { assessment, say, nameOf } = page;
  const assets = assessment.assets
    .filter(({ assumed }) => assumed)
    .map((asset) => [
      breakable(asset.name),
      say(
        text(
          `importance ${showInterval(asset.importance)}: how bad is it when it is read, changed or lost?`,
          `重要度${showInterval(asset.importance)}: 漏えい・改ざん・停止したときの影響はどの程度ですか`,
        ),
      ),
      say(
        asset.byHand
          ? text('assets: in honmaru.assets.yaml', 'honmaru.assets.yaml の assets')
          : text('assets: in honmaru.yaml', 'honmaru.yaml の assets'),
      ),
    ]);
  const unknowns = assessment.environment.unknowns
    .slice(0, MOST_ROWS)
    .map((fact) => [
      breakable(nameOf(fact.resource)),
      html`${fact.property}: ${say(fact.why)} <span class="place">${fact.expression}</span>`,
      placeNote(fact.source),
    ]);
  const heads = [text('Where', '対象'), text('To confirm', '確認したいこと'), text('How', '確認先')].map(say);
  const rows = [...assets, ...unknowns];
  return section(
    'assumptions',
    say(text('Assumptions to confirm', '確認が必要な仮定')),
    rows.length > 0
      ? table('assumptions', heads, rows)
      : html`<p>${say(text('Nothing was assumed.', '仮定はありません。'))}</p>`,
  );
}

/** What was not read or not judged: nothing is safe by omission. */
export function notJudged(page: Page): Html {
  const { assessment, say } = page;
  const { notAnalysed } = assessment.coverage;
  const types = unlookedTypes(assessment).map(({ type, count }) => [
    say(NOT_ANALYSED_WORDS.unsupported),
    `${type} (${count})`,
    say(
      text(
        'no control or safeguard looks at this type by itself',
        'この型だけを対象とする検査・対策の判定はありません',
      ),
    ),
  ]);
  const rows = notAnalysed
    .slice(0, MOST_ROWS)
    .map((entry) => [
      say(NOT_ANALYSED_WORDS[entry.kind]),
      showPlace(entry.source) ?? entry.what,
      html`${say(entry.reason)}${entry.remedy ? html`<br><span class="faint">${say(entry.remedy)}</span>` : undefined}`,
    ]);
  const heads = [text('Kind', '区分'), text('What', '対象'), text('Why', '理由')].map(say);
  return section(
    'not-judged',
    say(text('What was not judged', '判定していないもの')),
    html`<p>${say(text(`${assessment.environment.resources.length} resources were read; ${assessment.coverage.analysed.length} of them are of a type that a control or safeguard looks at.`, `${assessment.environment.resources.length}個のリソースを読み取り、そのうち${assessment.coverage.analysed.length}個は検査または対策の判定の対象となる種類です。`))}</p>`,
    rows.length + types.length > 0 ? table('not-judged', heads, [...rows, ...types]) : undefined,
  );
}
