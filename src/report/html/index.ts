import { createHash } from 'node:crypto';
import type { ResourceGraph } from '../../environment/graph.ts';
import { type Language, text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { DRIFT_TITLE } from '../drift.ts';
import { analysisSheet, assetInventory } from './assets.ts';
import { brief } from './brief.ts';
import { decisions } from './decisions.ts';
import { drawing } from './drawing.ts';
import { drift } from './drift.ts';
import { html, trusted } from './html.ts';
import { imports } from './imports.ts';
import { assumptions, findings, notJudged } from './open-points.ts';
import { pageOf } from './page.ts';
import { patches } from './patches.ts';
import { risks } from './risks.ts';
import { checklist, safeguardMatrix } from './safeguards.ts';
import { styleSheet } from './style.ts';

export interface HtmlOptions {
  readonly language: Language;
}

const CONFIDENTIAL = text('CONFIDENTIAL 社外秘', '社外秘 CONFIDENTIAL');

/**
 * The assessment as one file that opens anywhere: no script, nothing loaded from elsewhere (a content
 * security policy holds it to that), every foreign text escaped, each printed page marked confidential.
 */
export function renderHtml(assessment: Assessment, graph: ResourceGraph, options: HtmlOptions): string {
  const page = pageOf(assessment, graph, options.language);
  const { say } = page;
  const confidential = say(CONFIDENTIAL);
  const style = styleSheet(confidential);
  const name = assessment.environment.name;
  const title = say(text(`${name}: security risks`, `${name}: セキュリティリスク`));
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const contents = [
    ['brief', text('Brief', '要約')],
    ['drawing', text('Drawing', '図')],
    ['risks', text('Risks', 'リスク')],
    ['decisions', text('Decisions', '決定')],
    ['assets', text('Assets', '資産')],
    ['sheet', text('Analysis sheet', '分析シート')],
    ['safeguards', text('Safeguards', '対策')],
    ['checklist', text('Checklist', 'チェックリスト')],
    ['findings', text('Findings', '検査結果')],
    ...(assessment.drift ? [['drift', DRIFT_TITLE] as const] : []),
    ...(assessment.imports ? [['imports', text('Other tools', '他のツール')] as const] : []),
    ['assumptions', text('Assumptions', '仮定')],
    ['not-judged', text('Not judged', '未判定')],
    ...(page.patches.length > 0 ? [['patches', text('Patches', '修正方法')] as const] : []),
  ] as const;
  const { markup } = html`<!doctype html>
<html lang="${options.language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style></head><body>
<a class="skip" href="#brief">${say(text('Skip to the content', '本文へ移動'))}</a>
<div class="confidential">${confidential}</div>
<main><nav aria-label="${say(text('Contents', '目次'))}">${contents.map(([id, label]) => html`<a href="#${id}">${say(label)}</a>`)}</nav>
${brief(page)}
${drawing(page)}
${risks(page)}
${decisions(page)}
${assetInventory(page)}
${analysisSheet(page)}
${safeguardMatrix(page)}
${checklist(page)}
${findings(page)}
${drift(page)}
${imports(page)}
${assumptions(page)}
${notJudged(page)}
${patches(page)}
<p class="note">honmaru ${assessment.tool.version} · ${assessment.assessedAt}</p>
</main></body></html>
`;
  return markup;
}
