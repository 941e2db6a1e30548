import type { Band, Overview } from '../../../../src/api/contract.ts';
import { showShortDay } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { OVERVIEW } from '../../texts/overview.ts';
import { BANDS } from '../../texts/words.ts';

const WIDTH = 460;
const HEIGHT = 170;
const LEFT = 30;
const BOTTOM = 24;
const TOP = 10;
const DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;
const STACK: readonly Band[] = ['high', 'medium', 'low'];

/**
 * Counts of open risks per band and day as stacked columns, with the same numbers as a table for readers. Of a day on
 * which nothing was assessed nothing is known: its place stays empty.
 */
export function TrendCard({ overview: { trend } }: { readonly overview: Overview }) {
  const t = useText();
  const { language } = useLanguage();
  const last = trend.at(-1)?.day ?? '';
  const days = trend.filter(({ day }) => daysBetween(day, last) < DAYS);
  const slots = daysBetween(days[0]?.day ?? last, last) + 1;
  const most = Math.max(
    1,
    ...days.map(({ open }) => STACK.reduce((sum, band) => sum + (open[band] ?? 0), 0)),
  );
  const top = niceTop(most);
  const room = WIDTH - LEFT;
  const step = room / Math.max(slots, 7);
  const marked = Math.ceil(slots / 6);
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / top);
  return (
    <Card title={t(OVERVIEW.trend)} note={t(OVERVIEW.trendNote)}>
      <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t(OVERVIEW.trend)}>
        {[0, top / 2, top].map((count) => (
          <g key={count}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} />
            <text x={LEFT - 6} y={y(count) + 4} textAnchor="end">
              {count}
            </text>
          </g>
        ))}
        {days.map(({ day, open }) => {
          const at = slots - 1 - daysBetween(day, last);
          const x = LEFT + at * step + step * 0.15;
          let below = 0;
          return (
            <g key={day}>
              {STACK.map((band) => {
                const count = open[band] ?? 0;
                const from = below;
                below += count;
                return (
                  <rect
                    key={band}
                    className={`column ${band}`}
                    x={x}
                    width={step * 0.7}
                    y={y(below)}
                    height={y(from) - y(below)}
                  />
                );
              })}
            </g>
          );
        })}
        {Array.from({ length: Math.ceil(slots / marked) }, (_, mark) => mark * marked).map((at) => (
          <text key={at} x={LEFT + (at + 0.5) * step} y={HEIGHT - 7} textAnchor="middle">
            {showShortDay(dayBefore(last, slots - 1 - at), language)}
          </text>
        ))}
      </svg>
      <p className="row key">
        {STACK.map((band) => (
          <span key={band}>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <rect className={`column ${band}`} width="12" height="12" />
            </svg>{' '}
            {t(BANDS[band])}
          </span>
        ))}
      </p>
      {days.length <= 1 && <p className="below">{t(OVERVIEW.oneDay)}</p>}
      <table className="unseen">
        <caption>{t(OVERVIEW.trend)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(OVERVIEW.day)}</th>
            {STACK.map((band) => (
              <th key={band} scope="col">
                {t(BANDS[band])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, open }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {STACK.map((band) => (
                <td key={band}>{open[band] ?? 0}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** The next even number that is easy to read on an axis. */
function niceTop(most: number): number {
  const unit = most > 100 ? 50 : most > 20 ? 10 : 2;
  const top = Math.ceil(most / unit) * unit;
  return top % 2 === 0 ? top : top + unit;
}

/** From one day to another, each `YYYY-MM-DD`. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS) || 0;
}

function dayBefore(day: string, days: number): string {
  return new Date((Date.parse(day) || 0) - days * DAY_MILLISECONDS).toISOString();
}
