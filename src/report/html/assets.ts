import { text } from '../../kernel/texts.ts';
import type { Asset } from '../../model/declaration.ts';
import type { Guard, Risk } from '../../model/risk.ts';
import type { Factor, SafeguardState } from '../../model/safeguard.ts';
import { guardName } from '../guard-name.ts';
import { worstFirst } from '../order.ts';
import { showInterval } from '../score.ts';
import { ASSET_KIND_WORDS, FACTOR_WORDS } from '../words.ts';
import { type Html, html } from './html.ts';
import { bandBadge, breakable, type Page, section, stateWord, table } from './page.ts';

/** The asset inventory (情報資産管理台帳): what there is to protect, who manages it, who can reach it. */
export function assetInventory(page: Page): Html {
  const { assessment, say } = page;
  const heads = [
    text('Asset', '資産'),
    text('Kind', '種類'),
    text('Holds', '内容'),
    text('Manager', '管理者'),
    text('C', '機密性'),
    text('I', '完全性'),
    text('A', '可用性'),
    text('Importance', '重要度'),
    text('Who can reach it, and how', 'アクセスできる者と経路'),
  ].map(say);
  const title = say(text('Asset inventory', '情報資産管理台帳'));
  const rows = assessment.assets
    .slice(0, MOST_ROWS)
    .map((asset) => [
      html`${breakable(asset.name)}${asset.byHand ? html`<div class="faint">${say(text('entered by hand', '手入力'))}</div>` : undefined}`,
      say(ASSET_KIND_WORDS[asset.kind]),
      holds(asset, page),
      manager(asset, page),
      showInterval(asset.confidentiality),
      showInterval(asset.integrity),
      showInterval(asset.availability),
      importance(asset, page),
      reach(asset, page),
    ]);
  const rest = assessment.assets.length - MOST_ROWS;
  return section(
    'assets',
    title,
    rows.length > 0
      ? table('assets', heads, rows, title)
      : html`<p>${say(text('No asset was found or entered.', '資産は見つからず、入力もされていません。'))}</p>`,
    rest > 0
      ? html`<p>${say(text(`${rest} more assets are left out.`, `ほか${rest}件の資産は省略しました。`))}</p>`
      : undefined,
    html`<p class="note">${say(text('1: little harm, 2: noticeable, 3: grave. A range is a guess to confirm. C confidentiality, I integrity, A availability. PCs, paper and partners are added with honmaru asset add.', '1: 影響は小さい、2: 影響がある、3: 重大。幅のあるものは確認が必要な仮定です。PC・書類・取引先などは honmaru asset add で追加します。'))}</p>`,
  );
}

const MISSING = text('not declared', '未記入');

function holds({ holds: content, location }: Asset, { say }: Page): Html {
  const where =
    location === undefined
      ? undefined
      : html`<div class="faint">${say(text(`kept: ${location}`, `保管場所: ${location}`))}</div>`;
  return html`${content ?? say(MISSING)}${where}`;
}

function manager({ manager: name, owner }: Asset, { say }: Page): Html {
  const answers =
    owner === undefined
      ? undefined
      : html`<div class="faint">${say(text(`owner: ${owner}`, `責任者: ${owner}`))}</div>`;
  return html`${name ?? say(MISSING)}${answers}`;
}

/** Each network source with its path, then the roles that the policies let in. */
function reach(asset: Asset, page: Page): Html {
  const { say, nameOf } = page;
  const ways = (asset.reachedBy ?? []).map(({ through, decided }) => {
    const path = [say(INTERNET), ...through.map(nameOf)].join(' → ');
    return html`<div>${path}${decided ? undefined : html` <span class="faint">${say(text('(undecided)', '(未確定)'))}</span>`}</div>`;
  });
  const holders = (asset.principals ?? []).map(
    ({ principal, may, decided }) =>
      html`<div>${nameOf(principal)}: ${say(may)}${decided ? undefined : html` <span class="faint">${say(text('(undecided)', '(未確定)'))}</span>`}</div>`,
  );
  return html`${ways.length > 0 ? ways : html`<div>${say(asset.reachedFrom)}</div>`}${holders}`;
}

const INTERNET = text('internet', 'インターネット');

function importance(asset: Asset, { say }: Page): Html {
  const assumed = asset.assumed
    ? html` <span class="assumed">${say(text('assumed', '仮定'))}</span>`
    : undefined;
  return html`<strong>${showInterval(asset.importance)}</strong>${assumed}`;
}

const FACTORS: readonly Factor[] = ['vulnerability', 'credential-leak', 'overload', 'human-error'];

/** The analysis sheet in the manner of IPA's: asset by threat by state of the safeguards. */
export function analysisSheet(page: Page): Html {
  const { say } = page;
  const heads = [
    text('Asset', '資産'),
    text('Importance', '重要度'),
    text('Factor', '要因'),
    text('Threat', '脅威'),
    text('State of the safeguards', '対策状況'),
    text('Value now', '現在のリスク値'),
    text('Then', '実施後'),
  ].map(say);
  const pairs = assetsByRisk(page);
  const rows = pairs.slice(0, MOST_ROWS).map(({ asset, risk }) => sheetRow(asset, risk, page));
  return section(
    'sheet',
    say(text('Analysis sheet: assets, threats, safeguards', 'リスク分析シート(資産・脅威・対策状況)')),
    rows.length > 0
      ? table('sheet', heads, rows, say(text('Analysis sheet', '分析シート')))
      : html`<p>${say(text('No risk reaches an asset of the inventory.', '台帳の資産に及ぶリスクはありません。'))}</p>`,
    pairs.length > MOST_ROWS
      ? html`<p>${say(text(`${pairs.length - MOST_ROWS} more rows are left out.`, `ほか${pairs.length - MOST_ROWS}行は省略しました。`))}</p>`
      : undefined,
  );
}

const MOST_ROWS = 1000;

/** Each asset with each risk that reaches it: by asset, then by factor, the worst first. */
function assetsByRisk({ assessment }: Page): readonly { readonly asset: Asset; readonly risk: Risk }[] {
  const byAsset = new Map<string, Risk[]>();
  for (const risk of worstFirst(assessment.risks)) {
    for (const { resource } of risk.assets) {
      const list = byAsset.get(resource);
      if (list) list.push(risk);
      else byAsset.set(resource, [risk]);
    }
  }
  return assessment.assets.flatMap((asset) => {
    const risks = byAsset.get(asset.resource) ?? [];
    return FACTORS.flatMap((factor) =>
      risks.filter((risk) => risk.factor === factor).map((risk) => ({ asset, risk })),
    );
  });
}

function sheetRow(asset: Asset, risk: Risk, page: Page) {
  const { say } = page;
  return [
    breakable(asset.name),
    importance(asset, page),
    say(FACTOR_WORDS[risk.factor]),
    say(risk.title),
    guardStates(risk, page),
    bandBadge(risk.band.current, risk.current, page),
    bandBadge(risk.band.target, risk.target, page),
  ];
}

/** The safeguards of the path, each once, with their worst state on it. */
function guardStates(risk: Risk, page: Page): Html {
  const { assessment, say } = page;
  const guards = risk.path.flatMap((step) => step.guards);
  if (guards.length === 0) return html`${say(text('none stands on the path', '経路上に対策なし'))}`;
  const groups = Map.groupBy(guards, (guard) => `${guard.safeguard} ${guard.facet ?? ''}`);
  return html`${[...groups.values()].map((group) => {
    const [first] = group;
    if (!first) return '';
    const title = guardName(first, assessment.safeguards);
    return html`<div>${say(title)}: ${stateWord(worstState(group), page)}</div>`;
  })}`;
}

const WORST: readonly SafeguardState[] = ['off', 'unknown', 'partial', 'on', 'not-applicable'];

function worstState(guards: readonly Guard[]): SafeguardState {
  return WORST.find((state) => guards.some((guard) => guard.state === state)) ?? 'unknown';
}
