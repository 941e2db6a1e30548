import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { MapBadge, MapBox, MapLabel, Switch } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { StateShape } from '../parts/state-mark.tsx';
import { MAP } from '../texts/map.ts';
import { countInside, isGroup, nameOf } from './flat-boxes.ts';
import { iconOf } from './service-icons.ts';
import type { Spot } from './shown.ts';

export interface BoxData extends Record<string, unknown> {
  readonly box: MapBox;
  readonly collapsed: boolean;
  readonly lit: 'now' | 'passed' | undefined;
  readonly found: boolean;
  /** Only this safeguard's marks stay strong. */
  readonly only: string | undefined;
  readonly spot: Spot | undefined;
  readonly switches: readonly Switch[];
  readonly onBadge: (spot: Spot) => void;
  readonly onToggle: (key: string) => void;
}

export type BoxNode = Node<BoxData, 'box'>;

const ICON = 24;

/** One box of the picture: its texts and marks stand where the server measured them. */
export const BoxShape = memo(function BoxShape({ data }: NodeProps<BoxNode>) {
  const { box, collapsed, lit, found } = data;
  const classes = [
    'map-box',
    `kind-${box.kind}`,
    box.tone ?? '',
    lit ? `lit-${lit}` : '',
    found ? 'found' : '',
  ];
  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      data-key={box.key}
      data-kind={box.kind}
      title={box.hint}
    >
      <Icon box={box} />
      {box.labels.map((label) => (
        <Label key={label.y} label={label} from={box} />
      ))}
      {box.badges.map((badge) => (
        <BadgeButton key={badge.safeguard} badge={badge} data={data} />
      ))}
      {isGroup(box) && <Toggle box={box} collapsed={collapsed} onToggle={data.onToggle} />}
      {collapsed && <Inside box={box} onToggle={data.onToggle} />}
    </div>
  );
});

interface LabelProps {
  readonly label: MapLabel;
  readonly from: { readonly x: number; readonly y: number };
}

function Label({ label, from }: LabelProps) {
  return (
    <span
      className={`map-label label-${label.style}`}
      style={{
        left: label.x - from.x,
        top: label.y - from.y,
        fontSize: label.size,
        lineHeight: `${label.height}px`,
      }}
    >
      {label.text}
    </span>
  );
}

/** The picture of the service, where it covers no text. */
function Icon({ box }: { readonly box: MapBox }) {
  const icon = box.kind === 'resource' || box.kind === 'vpc' ? iconOf(box.type) : undefined;
  if (!icon) return null;
  const left = box.width - ICON - 8;
  const clear = box.labels.every(({ x, y, width }) => x + width < box.x + left - 2 || y > box.y + ICON + 8);
  if (!clear) return null;
  return <img className="map-icon" src={icon} alt="" width={ICON} height={ICON} style={{ left, top: 8 }} />;
}

function BadgeButton({ badge, data }: { readonly badge: MapBadge; readonly data: BoxData }) {
  const t = useText();
  const { only, spot, switches, onBadge } = data;
  const place = badge.places[0];
  if (place === undefined) return null;
  const chosen = spot?.safeguard === badge.safeguard && badge.places.includes(spot.place);
  const switched = switches.find(
    (each) => each.safeguard === badge.safeguard && badge.places.includes(each.place),
  );
  const classes = ['map-badge', badge.state, chosen ? 'chosen' : '', switched ? 'switched' : ''];
  if (only !== undefined) classes.push(only === badge.safeguard ? 'strong' : 'faint');
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      data-safeguard={badge.safeguard}
      data-place={place}
      data-state={badge.state}
      aria-pressed={chosen}
      style={{
        left: badge.x - data.box.x,
        top: badge.y - data.box.y,
        width: badge.width,
        height: badge.height,
      }}
      onClick={() => onBadge({ safeguard: badge.safeguard, place })}
    >
      <StateShape state={switched ? switched.state : badge.state} />
      {badge.lines.map((line) => (
        <Label key={line.y} label={line} from={badge} />
      ))}
      {switched && (
        <span className="switched-note">{t(switched.state === 'on' ? MAP.whatIfOn : MAP.whatIfOff)}</span>
      )}
    </button>
  );
}

interface ToggleProps {
  readonly box: MapBox;
  readonly collapsed: boolean;
  readonly onToggle: (key: string) => void;
}

function Toggle({ box, collapsed, onToggle }: ToggleProps) {
  const t = useText();
  const name = nameOf(box);
  return (
    <button
      type="button"
      className="map-toggle"
      aria-label={t(collapsed ? MAP.expand(name) : MAP.collapse(name))}
      aria-expanded={!collapsed}
      onClick={() => onToggle(box.key)}
    >
      {collapsed ? '+' : '−'}
    </button>
  );
}

/** How much a closed group holds; it opens with a click there too, where its button is far away. */
function Inside({ box, onToggle }: Omit<ToggleProps, 'collapsed'>) {
  const t = useText();
  return (
    <button
      type="button"
      className="map-inside"
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => onToggle(box.key)}
    >
      {t(MAP.inside(countInside(box)))}
    </button>
  );
}
