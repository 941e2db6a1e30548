import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { lazy, Suspense, useState } from 'react';
import type { Panel, Switch } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { useUser } from '../app/session.tsx';
import { showTime } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PatchText } from '../parts/patch-text.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { FIX } from '../texts/fix.ts';
import { MAP } from '../texts/map.ts';
import { SHELL } from '../texts/shell.ts';
import { BASES, EFFECTS, FACTORS, LIST_SEPARATOR, PRICES } from '../texts/words.ts';
import type { Spot } from './shown.ts';
import { WhatIfSwitch } from './what-if-switch.tsx';

const FixDialog = lazy(async () => ({ default: (await import('./fix/fix-dialog.tsx')).FixDialog }));

interface SafeguardPanelProps {
  readonly spot: Spot;
  /** All places that the chosen mark stands for. */
  readonly places: readonly string[];
  readonly nameOfPlace: (place: string) => string;
  readonly switches: readonly Switch[];
  readonly onSpot: (spot: Spot) => void;
  readonly onSwitch: (change: Switch | undefined) => void;
}

/** Everything about a safeguard at one place, and the switch of the what-if. */
export function SafeguardPanel(props: SafeguardPanelProps) {
  const { spot, places, nameOfPlace, onSpot } = props;
  const t = useText();
  const answer = useAnswer('GET /api/map/panel', { query: { ...spot } });
  return (
    <div data-testid="panel" data-safeguard={spot.safeguard} data-place={spot.place}>
      {places.length > 1 && (
        <label className="choose-place">
          {t(MAP.place)}{' '}
          <select value={spot.place} onChange={(event) => onSpot({ ...spot, place: event.target.value })}>
            {places.map((place) => (
              <option key={place} value={place}>
                {nameOfPlace(place)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Loaded of={answer}>{(panel) => <Shown {...props} panel={panel} />}</Loaded>
    </div>
  );
}

function Shown({ panel, switches, onSwitch }: SafeguardPanelProps & { readonly panel: Panel }) {
  const t = useText();
  return (
    <>
      <h3 className="panel-name">{t(panel.name)}</h3>
      <p className="row">
        <StateMark state={panel.state} />
        <span className="at">@ {resourceName(panel.place.id, panel.place.name, t)}</span>
      </p>
      {panel.switchable && <WhatIfSwitch panel={panel} switches={switches} onSwitch={onSwitch} />}
      <section>
        <h4>{t(MAP.because)}</h4>
        <p>
          {t(panel.because)} <PlaceText place={panel.source} />
        </p>
        {panel.undecided.length > 0 && (
          <p className="note">{t(SHELL.undecidedBy(panel.undecided.join(t(LIST_SEPARATOR))))}</p>
        )}
        {panel.facets.length > 0 && <Facets panel={panel} />}
      </section>
      <section>
        <h4>{t(MAP.stops)}</h4>
        <p>{t(panel.stops)}</p>
        <h4>{t(MAP.doesNotStop)}</h4>
        <p>{t(panel.doesNotStop)}</p>
        {panel.confusedWith && (
          <>
            <h4>{t(MAP.confusedWith)}</h4>
            <p>{t(panel.confusedWith)}</p>
          </>
        )}
      </section>
      <ChangedRisks panel={panel} />
      {panel.patch && (
        <ExpandableSection headerText={t(MAP.patch)}>
          <PatchText patch={panel.patch} />
        </ExpandableSection>
      )}
      {panel.state !== 'on' && panel.state !== 'not-applicable' && <FixButton panel={panel} />}
      <PanelFacts panel={panel} />
    </>
  );
}

/** Opens what `honmaru fix` would do here, for those who may see the files' lines. */
function FixButton({ panel }: { readonly panel: Panel }) {
  const t = useText();
  const { permissions } = useUser();
  const [open, setOpen] = useState(false);
  if (!permissions.fix) return null;
  return (
    <p className="switch">
      <Button onClick={() => setOpen(true)} data-testid="show-fix">
        {t(FIX.open)}
      </Button>
      {open && (
        <Suspense>
          <FixDialog panel={panel} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </p>
  );
}

function Facets({ panel }: { readonly panel: Panel }) {
  const t = useText();
  return (
    <>
      <h4>{t(MAP.facets)}</h4>
      <ul className="plain">
        {panel.facets.map(({ id, name, state, because }) => (
          <li key={id}>
            <span className="row">
              <StateMark state={state} /> <strong>{t(name)}</strong>
            </span>
            <div className="below">{t(because)}</div>
          </li>
        ))}
      </ul>
    </>
  );
}

function ChangedRisks({ panel }: { readonly panel: Panel }) {
  const t = useText();
  return (
    <section>
      <h4>{t(MAP.risks)}</h4>
      {panel.risks.length === 0 && <p>{t(MAP.noRisks)}</p>}
      <ul className="plain wide">
        {panel.risks.map(({ risk, title, from, to, together }) => (
          <li key={risk + together.map(({ id, place }) => id + place).join()}>
            <a href={pathOf('risks', risk)}>{t(title)}</a>
            <div className="row">
              <BandTag band={from} />
              {to ? (
                <>
                  <span aria-hidden="true">→</span> <BandTag band={to} />
                  <span className="below">
                    {together.length === 0
                      ? t(MAP.alone)
                      : t(
                          MAP.together(
                            together
                              .map(
                                ({ name, place, placeName }) =>
                                  `${t(name)} @ ${resourceName(place, placeName, t)}`,
                              )
                              .join(t(LIST_SEPARATOR)),
                          ),
                        )}
                  </span>
                </>
              ) : (
                <span className="below">{t(MAP.holds)}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PanelFacts({ panel }: { readonly panel: Panel }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <Facts
      facts={[
        { label: t(MAP.effect), value: t(EFFECTS[panel.effect]) },
        { label: t(MAP.factor), value: t(FACTORS[panel.factor]) },
        { label: t(MAP.price), value: t(PRICES[panel.price]) },
        { label: t(MAP.basis), value: t(BASES[panel.basis]) },
        { label: t(MAP.asOf), value: showTime(panel.asOf, language) },
      ]}
    />
  );
}
