import type { Interval, Overview } from '../../../../src/api/contract.ts';
import { pathOf } from '../../app/router.ts';
import { showDay } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Card } from '../../parts/card.tsx';
import { OVERVIEW } from '../../texts/overview.ts';

/** What changed against the last assessment of an earlier day. */
export function ChangesCard({ overview: { sinceYesterday } }: { readonly overview: Overview }) {
  const t = useText();
  const { language } = useLanguage();
  if (!sinceYesterday) {
    return (
      <Card title={t(OVERVIEW.changed)}>
        <p>{t(OVERVIEW.noYesterday)}</p>
      </Card>
    );
  }
  const { appeared, disappeared, raised, lowered, failing, mended, from } = sinceYesterday;
  const groups = [
    { title: OVERVIEW.appeared, risks: appeared, linked: true },
    { title: OVERVIEW.raised, risks: raised, linked: true },
    { title: OVERVIEW.lowered, risks: lowered, linked: true },
    { title: OVERVIEW.disappeared, risks: disappeared, linked: false },
  ];
  const quiet = groups.every(({ risks }) => risks.length === 0) && failing === 0 && mended === 0;
  return (
    <Card title={t(OVERVIEW.changed)} note={t(OVERVIEW.changedFrom(showDay(from, language)))}>
      {quiet && <p>{t(OVERVIEW.nothingChanged)}</p>}
      {groups.map(
        ({ title, risks, linked }) =>
          risks.length > 0 && (
            <section key={title.en}>
              <h3>{t(title)}</h3>
              <ul className="plain">
                {risks.map((risk) => (
                  <li key={risk.id}>
                    {linked ? <a href={pathOf('risks', risk.id)}>{t(risk.title)}</a> : t(risk.title)}{' '}
                    {'band' in risk ? (
                      <BandTag band={risk.band} />
                    ) : (
                      <span className="change">
                        <BandTag band={risk.from} value={exactly(risk.fromValue)} />
                        {' → '}
                        <BandTag band={risk.to} value={exactly(risk.toValue)} />
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
      {(failing > 0 || mended > 0) && (
        <p className="row">
          <span>{t(OVERVIEW.failing(failing))}</span>
          <span>{t(OVERVIEW.mended(mended))}</span>
        </p>
      )}
    </Card>
  );
}

function exactly(value: number): Interval {
  return { low: value, high: value };
}
