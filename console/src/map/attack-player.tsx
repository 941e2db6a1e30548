import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import type { Attack, AttackHop } from '../../../src/api/contract.ts';
import { pathOf } from '../app/router.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { StateShape } from '../parts/state-mark.tsx';
import { MAP, OUTCOMES, VERDICTS } from '../texts/map.ts';
import type { Following, Spot } from './shown.ts';

interface AttackPlayerProps {
  readonly following: Following;
  readonly onHop: (hop: number) => void;
  readonly onBadge: (spot: Spot) => void;
}

const HOP_TIME = 2_200;

/** Plays a way over the map: each hop lights up, each safeguard on it says what it does there, and why. */
export function AttackPlayer({ following, onHop, onBadge }: AttackPlayerProps) {
  const t = useText();
  const { attack, hop } = following;
  const last = attack.hops.length - 1;
  const [playing, setPlaying] = useState(false);
  const running = playing && hop < last;
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => onHop(hop + 1), HOP_TIME);
    return () => clearTimeout(timer);
  }, [running, hop, onHop]);
  return (
    <div className="player" data-testid="player" data-hop={hop}>
      <h3>{t(attack.title)}</h3>
      <p className="row">
        <BandTag band={attack.band} value={attack.current} />
        <span className={`outcome ${attack.outcome}`}>{t(OUTCOMES[attack.outcome])}</span>
        {!attack.decided && <span className="tag">{t(MAP.undecided)}</span>}
      </p>
      {attack.likelihood && (
        <p className="note">
          <strong>{t(MAP.likelihood)}:</strong> {t(attack.likelihood)}
        </p>
      )}
      <div className="row player-tools">
        <Button
          variant="primary"
          iconName={running ? 'pause' : 'play'}
          onClick={() => {
            if (!running && hop >= last) onHop(0);
            setPlaying(!running);
          }}
          data-testid="play"
        >
          {t(running ? MAP.pause : MAP.play)}
        </Button>
        <Button
          iconName="angle-left"
          ariaLabel={t(MAP.backward)}
          disabled={hop === 0}
          onClick={() => onHop(hop - 1)}
        />
        <Button
          iconName="angle-right"
          ariaLabel={t(MAP.forward)}
          disabled={hop >= last}
          onClick={() => onHop(hop + 1)}
          data-testid="next-hop"
        />
        <span className="below" aria-live="polite">
          {t(MAP.hop(hop + 1, attack.hops.length))}
        </span>
      </div>
      <ol className="hops">
        {attack.hops.map((each, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass a resource twice
            key={at}
            className={at === hop ? 'now' : at < hop ? 'passed' : ''}
            aria-current={at === hop && 'step'}
          >
            <Hop hop={each} onChoose={() => onHop(at)} onBadge={onBadge} />
            {at === attack.endsAt && attack.outcome === 'blocked' && (
              <strong className="outcome blocked">{t(OUTCOMES.blocked)}</strong>
            )}
          </li>
        ))}
      </ol>
      <Seen attack={attack} onBadge={onBadge} />
      <p>
        <a href={pathOf('risks', attack.risk)}>{t(MAP.openRisk)}</a>
      </p>
    </div>
  );
}

interface HopProps {
  readonly hop: AttackHop;
  readonly onChoose: () => void;
  readonly onBadge: (spot: Spot) => void;
}

function Hop({ hop, onChoose, onBadge }: HopProps) {
  const t = useText();
  return (
    <>
      <button type="button" className="hop-name" onClick={onChoose}>
        {resourceName(hop.resource, hop.name, t)}
      </button>{' '}
      {hop.box === undefined && <span className="tag">{t(MAP.notDrawn)}</span>}
      <div>{t(hop.what)}</div>
      <PlaceText place={hop.source} />
      <ul className="verdicts">
        {hop.guards.map((guard) => (
          <li
            key={guard.safeguard + (guard.facet ?? '') + guard.place}
            className={`verdict ${guard.verdict}`}
          >
            <StateShape state={guard.state} />
            <button type="button" onClick={() => onBadge({ safeguard: guard.safeguard, place: guard.place })}>
              {t(guard.name)}
            </button>
            <div className="said">
              <span className="verdict-word">{t(VERDICTS[guard.verdict])}</span>
              <div className="below">
                {t(guard.why)} <PlaceText place={guard.source} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Seen({ attack, onBadge }: { readonly attack: Attack; readonly onBadge: (spot: Spot) => void }) {
  const t = useText();
  if (attack.seenBy.length === 0) return null;
  return (
    <section>
      <h3>{t(MAP.wouldSee)}</h3>
      <ul className="verdicts">
        {attack.seenBy.map(({ safeguard, name, place, state }) => (
          <li key={safeguard + place}>
            <StateShape state={state} />
            <button type="button" onClick={() => onBadge({ safeguard, place })}>
              {t(name)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
