import type { SafeguardState } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { STATES } from '../texts/words.ts';

/** The shape of a state: each has one of its own, so that it is told without colour. */
export function StateShape({ state }: { readonly state: SafeguardState }) {
  return (
    <svg className={`mark ${state}`} viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

const SHAPES = {
  on: (
    <>
      <circle className="fill" r="6.5" />
      <path className="ink" d="M-3 0l2.2 2.4L3-2.6" />
    </>
  ),
  partial: (
    <>
      <circle className="line" r="5.6" />
      <path className="fill" d="M0-5.6a5.6 5.6 0 0 0 0 11.2z" />
    </>
  ),
  off: (
    <>
      <rect className="line" x="-5.5" y="-5.5" width="11" height="11" />
      <path className="line" d="M-2.6-2.6l5.2 5.2M2.6-2.6l-5.2 5.2" />
    </>
  ),
  unknown: (
    <>
      <path className="line" d="M0-7L7 0 0 7-7 0z" />
      <path className="line thin" d="M-1.8-1.6a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.7-.8 1.2M0 3v.6" />
    </>
  ),
  'not-applicable': <path className="line" d="M-4.5 0h9" />,
} as const;

/** A state as shape and word. */
export function StateMark({ state }: { readonly state: SafeguardState }) {
  const t = useText();
  return (
    <span className={`state ${state}`}>
      <StateShape state={state} />
      {t(STATES[state])}
    </span>
  );
}
