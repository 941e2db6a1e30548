import { cutColumns, padColumns } from '../../kernel/text-width.ts';
import { text, verbatim } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Asset } from '../../model/declaration.ts';
import { showInterval } from '../score.ts';
import { ASSET_KIND_WORDS } from '../words.ts';
import type { TextOptions } from './options.ts';
import { type View, viewOf } from './view.ts';

const INDENT = 4;

/** The asset inventory (情報資産管理台帳) for people at a terminal: each asset with its classes, manager and ways in. */
export function renderAssets(assessment: Assessment, options: TextOptions): string {
  const view = viewOf(assessment.environment, options);
  const { assets } = assessment;
  const title = text(
    `Asset inventory of ${assessment.environment.name}: ${assets.length} (C I A: confidentiality, integrity, availability, 1 to 3)`,
    `${assessment.environment.name}の情報資産管理台帳: ${assets.length}件(機密性・完全性・可用性、1〜3)`,
  );
  const lines = assets.flatMap((asset) => ['', ...assetLines(asset, view)]);
  return `${[...view.lines(view.say(title), 0).map(view.palette.strong), ...lines].join('\n')}\n`;
}

function assetLines(asset: Asset, view: View): readonly string[] {
  const { confidentiality, integrity, availability } = asset;
  const classes = [confidentiality, integrity, availability].map(showInterval).join(' ');
  const assumed = asset.assumed ? ` ${view.say(text('(assumed)', '(仮定)'))}` : '';
  const name = cutColumns(view.say(verbatim(asset.name)), 30);
  const detail = [
    asset.holds && text(`holds ${asset.holds}`, `内容: ${asset.holds}`),
    asset.location && text(`kept ${asset.location}`, `保管場所: ${asset.location}`),
    asset.manager
      ? text(`manager ${asset.manager}`, `管理者: ${asset.manager}`)
      : text('manager not declared', '管理者: 未記入'),
    asset.owner && text(`owner ${asset.owner}`, `責任者: ${asset.owner}`),
  ].filter((each) => typeof each === 'object');
  return [
    `  ${view.palette.strong(padColumns(name, 32))}${padColumns(view.say(ASSET_KIND_WORDS[asset.kind]), 16)}${classes}${assumed}`,
    ...view.lines(detail.map((each) => view.say(each)).join(' · '), INDENT),
    ...reachLines(asset, view),
  ];
}

function reachLines(asset: Asset, view: View): readonly string[] {
  const ways = (asset.reachedBy ?? []).map(({ through, decided }) => {
    const path = [view.name('internet'), ...through.map((id) => view.name(id))].join(' → ');
    return decided ? path : `${path} ${view.say(text('(undecided)', '(未確定)'))}`;
  });
  const holders = (asset.principals ?? []).map(
    ({ principal, may, decided }) =>
      `${view.name(principal)}: ${view.say(may)}${decided ? '' : ` ${view.say(text('(undecided)', '(未確定)'))}`}`,
  );
  const lines = ways.length > 0 ? ways : [view.say(asset.reachedFrom)];
  return [...lines, ...holders].flatMap((line) => view.lines(line, INDENT));
}
