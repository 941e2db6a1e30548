import type { EnvironmentMap, MapBox } from '../../../src/api/contract.ts';
import { pathOf } from '../app/router.ts';
import { useText } from '../language/language.tsx';
import { StateShape } from '../parts/state-mark.tsx';
import { MAP } from '../texts/map.ts';
import { nameOf } from './flat-boxes.ts';
import { joinLines } from './join-lines.ts';
import type { Spot } from './shown.ts';

interface MapListProps {
  readonly map: EnvironmentMap;
  readonly onBadge: (spot: Spot) => void;
}

/** The content of the picture as a nested list: the same boxes, texts and safeguards in reading order. */
export function MapList({ map, onBadge }: MapListProps) {
  const t = useText();
  return (
    <div className="map-list" data-testid="map-list">
      <ul>
        {map.boxes.map((box) => (
          <BoxItem key={box.key} box={box} onBadge={onBadge} />
        ))}
      </ul>
      {map.offMap.length > 0 && (
        <>
          <h2>{t(MAP.offMap)}</h2>
          <ul>
            {map.offMap.map(({ id, name, reason }) => (
              <li key={id}>
                <a href={pathOf('resources', id)}>{name}</a> – {t(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function BoxItem({ box, onBadge }: { readonly box: MapBox; readonly onBadge: (spot: Spot) => void }) {
  if (box.kind === 'ghost') return null;
  const [resource] = box.resources;
  const others = joinLines(box.labels.filter(({ style }) => style !== 'title'));
  const name = nameOf(box);
  return (
    <li>
      <span className="list-box">
        {box.resources.length === 1 && resource ? (
          <a href={pathOf('resources', resource)}>{name}</a>
        ) : (
          <strong>{name}</strong>
        )}{' '}
        {others !== '' && others !== name && <span className="below">{others}</span>}
      </span>
      {box.badges.length > 0 && (
        <ul className="list-badges">
          {box.badges.map((badge) => (
            <li key={badge.safeguard}>
              <button
                type="button"
                className="list-badge"
                onClick={() => onBadge({ safeguard: badge.safeguard, place: badge.places[0] ?? '' })}
              >
                <StateShape state={badge.state} /> {joinLines(badge.lines)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {box.children.length > 0 && (
        <ul>
          {box.children.map((child) => (
            <BoxItem key={child.key} box={child} onBadge={onBadge} />
          ))}
        </ul>
      )}
    </li>
  );
}
