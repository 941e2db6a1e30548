import type { Band, Interval } from '../../../src/api/contract.ts';
import { showInterval } from '../language/format.ts';
import { useText } from '../language/language.tsx';
import { BANDS } from '../texts/words.ts';

/** How many of the three steps are filled, so that bands are told without colour. */
const STEPS: Readonly<Record<Band, number>> = { low: 1, medium: 2, high: 3 };

interface BandTagProps {
  readonly band: Band;
  /** The value that lies in the band. */
  readonly value?: Interval;
}

/** A band as steps and word, with its value. */
export function BandTag({ band, value }: BandTagProps) {
  const t = useText();
  return (
    <span className={`band ${band}`}>
      <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
        {[1, 2, 3].map((step) => (
          <rect
            key={step}
            className={step <= STEPS[band] ? 'full' : 'empty'}
            x={(step - 1) * 5}
            y={12 - step * 4}
            width="4"
            height={step * 4}
          />
        ))}
      </svg>
      {t(BANDS[band])}
      {value && <span className="value">{showInterval(value)}</span>}
    </span>
  );
}
