import { compare } from '../../kernel/order.ts';
import { text } from '../../kernel/texts.ts';
import type { SafeguardReport } from '../../model/safeguard.ts';
import { checklistOf, checklistScore } from '../checklist.ts';
import { BASIS_WORDS } from '../words.ts';
import { type Html, html } from './html.ts';
import { breakable, type Page, placeNote, section, stateMark, stateWord, table } from './page.ts';

const MOST_PLACES = 300;
/** As many as stand side by side on A4. */
const MOST_COLUMNS = 33;

/** Safeguards by place: the matrix, and below it why something is not on. */
export function safeguardMatrix(page: Page): Html {
  const { assessment, say, nameOf } = page;
  const reports = assessment.safeguards.filter(({ attachments }) => attachments.length > 0);
  const places = [
    ...new Set(reports.flatMap((each) => each.attachments.map(({ resource }) => resource))),
  ].sort((a, b) => compare(nameOf(a), nameOf(b)));
  const shown = places.slice(0, MOST_PLACES);
  const index = new Map(reports.map((report) => [report, stateByPlace(report)]));
  const tables = chunks(reports, MOST_COLUMNS).map((some) => {
    const heads = [
      say(text('Place', '場所')),
      ...some.map((report) => html`<span class="upright">${say(report.name)}</span>`),
    ];
    const rows = shown.map((place) => [
      breakable(nameOf(place)),
      ...some.map((report) => {
        const state = index.get(report)?.get(place);
        return state ? stateMark(state, page) : '';
      }),
    ]);
    return table('matrix', heads, rows, say(text('Safeguards by place', '対策の配置表')));
  });
  return section(
    'safeguards',
    say(text('Safeguards by place', '対策の配置表')),
    tables,
    places.length > MOST_PLACES
      ? html`<p>${say(text(`${places.length - MOST_PLACES} more places are left out.`, `ほか${places.length - MOST_PLACES}か所は省略しました。`))}</p>`
      : undefined,
    html`<h3>${say(text('What is not on, and why', '有効でないものと理由'))}</h3>`,
    reasons(page),
  );
}

/** A list in pieces of at most some length, of about the same size. */
function chunks<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / Math.max(1, count));
  return Array.from({ length: count }, (_, number) => items.slice(number * size, (number + 1) * size));
}

function stateByPlace(report: SafeguardReport) {
  return new Map(report.attachments.map(({ resource, state }) => [resource, state]));
}

function reasons(page: Page): Html {
  const { assessment, say, nameOf } = page;
  const rows = assessment.safeguards.flatMap((report) =>
    report.attachments
      .filter(({ state }) => state !== 'on' && state !== 'not-applicable')
      .map((attachment) => [
        say(report.name),
        breakable(nameOf(attachment.resource)),
        stateWord(attachment.state, page),
        html`${say(attachment.because)} ${placeNote(attachment.source)}`,
        say(BASIS_WORDS[attachment.basis]),
      ]),
  );
  const heads = [
    text('Safeguard', '対策'),
    text('Place', '場所'),
    text('State', '状態'),
    text('Because', '理由'),
    text('Who says so', '根拠'),
  ].map(say);
  return table('reasons', heads, rows.slice(0, MOST_PLACES));
}

/** The lecture's twelve services as a checklist. */
export function checklist(page: Page): Html {
  const { assessment, say } = page;
  const items = checklistOf(assessment.safeguards);
  const score = checklistScore(items);
  return section(
    'checklist',
    say(
      text(
        `Checklist of the twelve services: ${score} of 12 on everywhere`,
        `十二のサービスのチェックリスト: すべての場所で有効 ${score}/12`,
      ),
    ),
    html`<ul class="checklist">${items.map((item) => html`<li>${item.state === 'not-judged' ? html`<span class="state faint">${say(text('not judged yet', '未判定'))}</span>` : stateWord(item.state, page)} <strong>${say(item.name)}</strong></li>`)}</ul>`,
  );
}
