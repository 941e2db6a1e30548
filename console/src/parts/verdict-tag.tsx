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

export function SeverityTag({ severity }: { readonly severity: Severity }) {
  const t = useText();
  return <span className={`severity ${severity}`}>{t(SEVERITIES[severity])}</span>;
}
