import type { RiskGuard, RiskStep } from '../../../../src/api/contract.ts';
import { useText } from '../../language/language.tsx';
import { PlaceText } from '../../parts/place-link.tsx';
import { resourceName } from '../../parts/resource-name.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { RISK } from '../../texts/risk.ts';
import { EFFECTS } from '../../texts/words.ts';

/** A way hop by hop, with what stands on each hop. */
export function WaySteps({ steps }: { readonly steps: readonly RiskStep[] }) {
  const t = useText();
  return (
    <ol className="way-steps">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass a resource twice
        <li key={at}>
          <strong>{resourceName(step.resource, step.name, t)}</strong> <PlaceText place={step.source} />
          <div>{t(step.what)}</div>
          {step.guards.length > 0 && <GuardList guards={step.guards} />}
        </li>
      ))}
    </ol>
  );
}

/** Safeguards with their state, what they do there, and whether they are proposed. */
export function GuardList({ guards }: { readonly guards: readonly RiskGuard[] }) {
  const t = useText();
  return (
    <ul className="guards">
      {guards.map(({ safeguard, facet, place, name, placeName, effect, state, proposed }) => (
        <li key={safeguard + (facet ?? '') + place}>
          <StateMark state={state} />
          <a href={`/?safeguard=${encodeURIComponent(safeguard)}&place=${encodeURIComponent(place)}`}>
            {t(name)}
          </a>
          <span className="at">
            @ {resourceName(place, placeName, t)} · {t(EFFECTS[effect])}
          </span>
          {proposed && <span className="tag">{t(RISK.proposedGuard)}</span>}
        </li>
      ))}
    </ul>
  );
}
