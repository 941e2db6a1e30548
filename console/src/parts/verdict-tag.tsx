import type { FindingStatus, Severity } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { SEVERITIES, STATUSES } from '../texts/words.ts';
import { StateShape } from './state-mark.tsx';

const SHAPE_OF = { FAIL: 'off', UNKNOWN: 'unknown', PASS: 'on', NOT_APPLICABLE: 'not-applicable' } as const;

/** A control's verdict as shape and word. */
export function VerdictTag({ status }: { readonly status: FindingStatus }) {
  const t = useText();
  return (
    <span className={`state ${SHAPE_OF[status]}`}>
      <StateShape state={SHAPE_OF[status]} />
      {t(STATUSES[status])}
    </span>
  );
}

/** How many of the four pips are filled, so that severities are told without colour. */
const PIPS: Readonly<Record<Severity, number>> = {
  informational: 0,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
};

/** A severity as pips and word. */
export function SeverityTag({ severity }: { readonly severity: Severity }) {
  const t = useText();
  return (
    <span className={`severity ${severity}`}>
      <svg viewBox="0 0 22 8" width="22" height="8" aria-hidden="true">
        {[0, 1, 2, 3].map((pip) => (
          <path
            key={pip}
            className={pip < PIPS[severity] ? 'full' : 'empty'}
            d={`M${pip * 5.5 + 0.5} 7.5h4l-2-6.5z`}
          />
        ))}
      </svg>
      {t(SEVERITIES[severity])}
    </span>
  );
}
