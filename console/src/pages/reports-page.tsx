import type { Language, Reports } from '../../../src/api/contract.ts';
import { address } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { showTime } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { Card } from '../parts/card.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { REPORT } from '../texts/lists.ts';
import { SHELL } from '../texts/shell.ts';

const LANGUAGES: readonly Language[] = ['en', 'ja'];

/** Reports as files, in both languages. */
export function ReportsPage() {
  const t = useText();
  const { language } = useLanguage();
  const answer = useAnswer('GET /api/reports');
  return (
    <>
      <PageHead title={t(SHELL.reports)}>
        {t(REPORT.lead)} {t(REPORT.confidential)}
      </PageHead>
      <Loaded of={answer}>
        {({ items, assessedAt }) => (
          <>
            <p className="total">{t(REPORT.assessedAt(showTime(assessedAt, language)))}</p>
            <div className="tiles">
              {items.map((item) => (
                <ReportCard key={item.format} item={item} />
              ))}
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

function ReportCard({ item }: { readonly item: Reports['items'][number] }) {
  const t = useText();
  const { format, title, available, note } = item;
  return (
    <Card title={t(title)}>
      {note && <p>{t(note)}</p>}
      {available ? (
        <ul className="plain">
          {LANGUAGES.map((each) => (
            <li key={each}>
              <a
                href={address('GET /api/reports/:format', { format }, { lang: each })}
                download
                data-testid={`report-${format}-${each}`}
              >
                {t(REPORT.inLanguage(t(each === 'en' ? REPORT.english : REPORT.japanese)))}
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <p className="below">{t(REPORT.unavailable)}</p>
      )}
    </Card>
  );
}
