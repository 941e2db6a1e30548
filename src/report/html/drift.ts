import { text } from '../../kernel/texts.ts';
import { DRIFT_TITLE, driftHeadline, driftSentence } from '../drift.ts';
import { type Html, html } from './html.ts';
import { breakable, type Page, placeNote, section, table } from './page.ts';

/** Where the account is not as declared; nothing where only one of the two was given. */
export function drift(page: Page): Html | undefined {
  const report = page.assessment.drift;
  if (!report) return undefined;
  const { say } = page;
  const title = say(DRIFT_TITLE);
  const heads = [say(text('Resource', 'リソース')), say(text('Difference', '差異'))];
  const rows = report.drifts.map((each) => [
    html`${breakable(page.nameOf(each.resource))} ${placeNote(each.source)}`,
    say(driftSentence(each)),
  ]);
  const content = rows.length > 0 ? table('drift', heads, rows, title) : undefined;
  return section('drift', title, html`<p>${say(driftHeadline(report))}</p>`, content);
}
