import type { Band, Overview, RiskRow, Text } from '../../../../src/api/contract.ts';
import { pathOf } from '../../app/router.ts';
import { showNumber } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { BandTag } from '../../parts/band-tag.tsx';
import { Card } from '../../parts/card.tsx';
import { Standing } from '../../parts/standing.tsx';
import { OVERVIEW } from '../../texts/overview.ts';
import { BANDS, FACTORS } from '../../texts/words.ts';

const ORDER: readonly Band[] = ['high', 'medium', 'low'];

/** Open risks by band, and by factor beside it. */
export function OpenRisksCard({ overview: { open } }: { readonly overview: Overview }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <Card title={t(OVERVIEW.open)} note={t(OVERVIEW.openNote)}>
      <ul className="big-counts">
        {ORDER.map((band) => (
          <li key={band} className={band}>
            <a href={`/risks?band=${band}`}>
              <strong>{showNumber(open.byBand[band] ?? 0, language)}</strong>
              <BandTag band={band} />
            </a>
          </li>
        ))}
      </ul>
      <table className="simple">
        <caption className="unseen">{t(OVERVIEW.byFactor)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(OVERVIEW.factor)}</th>
            {ORDER.map((band) => (
              <th key={band} scope="col" className="number">
                {t(BANDS[band])}
              </th>
            ))}
            <th scope="col" className="number">
              {t(OVERVIEW.total)}
            </th>
          </tr>
        </thead>
        <tbody>
          {open.byFactor.map(({ factor, byBand, total }) => (
            <tr key={factor}>
              <th scope="row">
                <a href={`/risks?factor=${factor}`}>{t(FACTORS[factor])}</a>
              </th>
              {ORDER.map((band) => (
                <td key={band} className="number">
                  {byBand[band] ?? 0}
                </td>
              ))}
              <td className="number">{total}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface WaitingCardProps {
  readonly title: Text;
  readonly none: Text;
  readonly risks: readonly RiskRow[];
  /** Where to go on while nothing waits. */
  readonly next?: { readonly href: string; readonly title: Text };
}

/** Risks that wait for somebody to act. */
export function WaitingCard({ title, none, risks, next }: WaitingCardProps) {
  const t = useText();
  return (
    <Card title={`${t(title)} (${risks.length})`}>
      {risks.length === 0 ? (
        <p className="row">
          {t(none)}
          {next && <a href={next.href}>{t(next.title)}</a>}
        </p>
      ) : (
        <ul className="plain wide">
          {risks.map((risk) => (
            <li key={risk.id}>
              <a href={pathOf('risks', risk.id)}>{t(risk.title)}</a>
              <span className="row">
                <BandTag band={risk.band.current} value={risk.current} />
                <Standing standing={risk.standing} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const HOURS_SHOWN = 72;

/** 解決までの平均時間, and how many findings there are now. */
export function MeanTimeCard({ overview }: { readonly overview: Overview }) {
  const t = useText();
  const { language } = useLanguage();
  const { meanTimeToClose: mean, findings } = overview;
  const show = (hours: number) =>
    hours > HOURS_SHOWN
      ? OVERVIEW.days(showNumber(hours / 24, language))
      : OVERVIEW.hours(showNumber(hours, language));
  return (
    <Card title={t(OVERVIEW.meanTime)}>
      {mean ? (
        <p>
          <strong className="big">{t(show(mean.hours))}</strong> {t(OVERVIEW.meanOf(mean.of))}
        </p>
      ) : (
        <p>{t(OVERVIEW.noMean)}</p>
      )}
      <p className="row">
        {t(OVERVIEW.findings)}:
        <a href="/findings?status=FAIL">
          {t(OVERVIEW.failingNow)} {showNumber(findings.failing, language)}
        </a>
        <a href="/findings?status=UNKNOWN">
          {t(OVERVIEW.unknownNow)} {showNumber(findings.unknown, language)}
        </a>
      </p>
    </Card>
  );
}
