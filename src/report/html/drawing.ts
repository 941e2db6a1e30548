import { type Text, text } from '../../kernel/texts.ts';
import { drawMap } from '../../map/index.ts';
import type { SafeguardState } from '../../model/safeguard.ts';
import { type Html, html, trusted } from './html.ts';
import { type Page, section, stateWord } from './page.ts';

const STATES: readonly SafeguardState[] = ['on', 'partial', 'off', 'unknown'];

/** The drawing of the environment with every safeguard at its place, and how to read it. */
export function drawing(page: Page): Html {
  const { assessment, graph, language, say } = page;
  const { svg, layout } = drawMap(graph, assessment, language);
  const rest = layout.offMap.length;
  return section(
    'drawing',
    say(text('The environment and its safeguards', '環境と対策の配置')),
    html`<figure><figcaption>${legend(page)}</figcaption>${trusted(svg)}</figure>`,
    rest > 0
      ? html`<p class="note">${say(text(`${rest} more resources have no box of their own: routes, listeners, policies and other parts of what is drawn, and what only the deployment needs. The safeguards of a part are shown at the box that it belongs to.`, `ほかに${rest}個のリソースは個別の箱を持ちません(ルート、リスナー、ポリシーなど描かれたものの一部と、デプロイ用のもの)。その対策は、属する箱に示しています。`))}</p>`
      : undefined,
  );
}

function legend(page: Page): Html {
  const { say } = page;
  const line = (kind: string, meaning: Text) =>
    html`<span class="key"><svg class="key-line" viewBox="0 0 34 8"><path class="map-line ${kind}" d="M0 4h34"/></svg> ${say(meaning)}</span>`;
  return html`<p class="legend">${STATES.map((state) => html`<span class="key">${stateWord(state, page)}</span>`)}
${line('decided', text('a decided attack path', '確定した攻撃経路'))}
${line('undecided', text('a path with something undecided on it', '未確定の要素を含む経路'))}
<span class="key"><span class="swatch gate"></span> ${say(text('safeguards on the way in', '入口での対策'))}</span>
<span class="key"><span class="swatch ghost"></span> ${say(text('spans several subnets and stands here too', '複数のサブネットにまたがり、ここにも置かれる'))}</span></p>`;
}
