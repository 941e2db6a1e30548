import type { Placement } from './place-boxes.ts';
import type { Following } from './shown.ts';

interface HopLinesProps {
  readonly placement: Placement;
  readonly width: number;
  readonly following: Following | undefined;
}

const HEAD = 8;

/** While groups are closed, only the attack that is followed is drawn: straight from hop to hop. */
export function HopLines({ placement, width, following }: HopLinesProps) {
  const hops = following?.attack.hops.slice(0, following.hop + 1) ?? [];
  const points = hops.flatMap(({ box: key }) => {
    const placed = placement.boxes.find(({ box }) => box.key === key);
    return placed ? [{ x: placed.box.x + placed.box.width / 2, y: placed.y + HEAD }] : [];
  });
  return (
    <svg className="flow-lines" width={width} height={placement.height} aria-hidden="true">
      <defs>
        <marker
          id="arrow-hop"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="14"
          markerHeight="14"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow lit" d="M0 0L8 4 0 8z" />
        </marker>
      </defs>
      {points.slice(1).map((point, at) => {
        const from = points[at] ?? point;
        return (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: an attack may pass a resource twice
            key={at}
            className="flow decided lit"
            x1={from.x}
            y1={from.y}
            x2={point.x}
            y2={point.y}
            markerEnd="url(#arrow-hop)"
          />
        );
      })}
    </svg>
  );
}
