import type { Coverage } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { showInterval, showNumber } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { Card } from '../parts/card.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { SimpleTable } from '../parts/simple-table.tsx';
import { COVERAGE } from '../texts/lists.ts';
import { SHELL } from '../texts/shell.ts';
import { LIST_SEPARATOR } from '../texts/words.ts';

const KINDS = ['input', 'unsupported', 'outside'] as const;

/** What was not judged and why. */
export function CoveragePage() {
  const t = useText();
  const answer = useAnswer('GET /api/coverage');
  return (
    <>
      <PageHead title={t(SHELL.coverage)}>{t(COVERAGE.lead)}</PageHead>
      <Loaded of={answer}>{(coverage) => <Parts coverage={coverage} />}</Loaded>
    </>
  );
}

function Parts({ coverage }: { readonly coverage: Coverage }) {
  const t = useText();
  const { language } = useLanguage();
  const share = coverage.resources === 0 ? 0 : coverage.analysed / coverage.resources;
  return (
    <div className="stack">
      <div className="share">
        <span>
          {t(
            COVERAGE.judged(
              showNumber(coverage.analysed, language),
              showNumber(coverage.resources, language),
            ),
          )}
        </span>
        <span className="bar" aria-hidden="true">
          <span style={{ width: `${Math.round(share * 100)}%` }} />
        </span>
      </div>
      {KINDS.map((kind) => {
        const rows = coverage.notAnalysed.filter((each) => each.kind === kind);
        return (
          rows.length > 0 && (
            <Card key={kind} title={`${t(COVERAGE.kinds[kind])} (${rows.length})`}>
              <SimpleTable
                heads={[COVERAGE.what, COVERAGE.reason, COVERAGE.remedy]}
                rows={rows.map((row) => [
                  <span key="what" className="cell-main">
                    <strong>{row.what}</strong>
                    <PlaceText place={row.source} />
                  </span>,
                  t(row.reason),
                  row.remedy ? t(row.remedy) : '–',
                ])}
              />
            </Card>
          )
        );
      })}
      <Card title={t(COVERAGE.unknowns)}>
        {coverage.unknowns.length === 0 ? (
          <p>{t(COVERAGE.everything)}</p>
        ) : (
          <SimpleTable
            heads={[COVERAGE.what, COVERAGE.expression, COVERAGE.reason]}
            rows={coverage.unknowns.map((each) => [
              <span key="what" className="cell-main">
                <span>
                  <a href={pathOf('resources', each.resource)}>{each.name}</a> {each.property}
                </span>
                <PlaceText place={each.source} />
              </span>,
              <code key="expression">{each.expression}</code>,
              t(each.why),
            ])}
          />
        )}
      </Card>
      {coverage.untouched.length > 0 && (
        <Card title={t(COVERAGE.untouched)}>
          <SimpleTable
            heads={[COVERAGE.what, COVERAGE.count, COVERAGE.examples]}
            rows={coverage.untouched.map(({ type, count, examples }) => [
              <a key="type" href={`/resources?type=${encodeURIComponent(type)}`}>
                {type}
              </a>,
              showNumber(count, language),
              examples.join(t(LIST_SEPARATOR)),
            ])}
          />
        </Card>
      )}
      {coverage.assumptions.length > 0 && (
        <Card title={t(COVERAGE.assumptions)} note={t(COVERAGE.assumptionsNote)}>
          <ul className="plain inline">
            {coverage.assumptions.map(({ id, name, importance }) => (
              <li key={id}>
                <a href={pathOf('assets', id)}>{name}</a> {showInterval(importance)}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
