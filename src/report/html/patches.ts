import { text } from '../../kernel/texts.ts';
import type { PlacedPatch } from '../../model/assessment.ts';
import type { Risk } from '../../model/risk.ts';
import { guardName } from '../guard-name.ts';
import { patchParts } from '../patch-parts.ts';
import { type Html, html, trusted } from './html.ts';
import { type Page, section } from './page.ts';

/** Beyond so many the patches are only in the JSON. */
const MOST_PATCHES = 300;

/** What a risk's proposal needs, in words, each with a link to how it is written. */
export function patchLinks({ proposal }: Risk, page: Page): readonly Html[] {
  const keys = new Set(proposal.safeguards.map(({ id, place }) => patchKey(id, place)));
  return [...keys].flatMap((key) => {
    const number = page.patchNumbers.get(key);
    const patch = number === undefined ? undefined : page.patches[number - 1];
    if (!patch || number === undefined) return [];
    const link =
      number <= MOST_PATCHES
        ? html` <a href="#patch-${number}">${page.say(text(`patch ${number}`, `修正${number}`))}</a>`
        : undefined;
    return [html`<li>${page.say(patch.summary)}${link}</li>`];
  });
}

/** How each patch is told apart from the others. */
export function patchKey(safeguard: string, place: string): string {
  return `${safeguard} ${place}`;
}

/** Every patch once, in the words of the environment's own files. */
export function patches(page: Page): Html | undefined {
  const { say } = page;
  if (page.patches.length === 0) return undefined;
  const rest = page.patches.length - MOST_PATCHES;
  return section(
    'patches',
    say(text('Patches', '修正方法')),
    html`<p class="note">${say(text('What is proposed above, each once, to be copied into your own files. Review it before you deploy it.', '上で提案した対策を一度ずつ示します。自分のファイルに書き写し、確認してからデプロイしてください。'))}</p>`,
    page.patches.slice(0, MOST_PATCHES).map((patch, index) => rendered(patch, index + 1, page)),
    rest > 0
      ? html`<p>${say(text(`${rest} more patches are in the JSON form of this report.`, `ほか${rest}件の修正方法はこの報告書のJSON形式にあります。`))}</p>`
      : undefined,
  );
}

function rendered(patch: PlacedPatch, number: number, page: Page): Html {
  const { say, name, assessment } = page;
  const title = guardName({ safeguard: patch.safeguard }, assessment.safeguards);
  const where = name(patch.place);
  const needs = (patch.needs ?? []).map(
    (need) => html`<li>${say(text('you need:', '必要なもの:'))} ${say(need)}</li>`,
  );
  return html`<article class="patch" id="patch-${number}"><h3>${number}. ${say(text(`${title.en} at ${where.en}`, `${where.ja}の${title.ja}`))}</h3>
<p>${say(patch.summary)}</p>${needs.length > 0 ? html`<ul>${needs}</ul>` : undefined}${code(patch, page)}</article>`;
}

function code(patch: PlacedPatch, page: Page): readonly Html[] {
  const { graph, say } = page;
  const resource = graph.get(patch.place);
  if (!resource) return [];
  return patchParts(patch, { graph, resource }, page.name).map(
    ({ where, code: lines }) =>
      html`<div class="part">${where ? html`<p class="note">${say(where)}</p>` : undefined}${lines.length > 0 ? html`<pre>${lines.map((line) => html`${line}${trusted('\n')}`)}</pre>` : undefined}</div>`,
  );
}
