import type { EnvironmentMap, MapFlow } from '../../../src/api/contract.ts';
import { flatBoxes } from './flat-boxes.ts';
import type { Following } from './shown.ts';

interface FlowLinesProps {
  readonly map: EnvironmentMap;
  readonly following: Following | undefined;
  readonly collapsed: ReadonlySet<string>;
}

/** The ways that requests and attackers take, as the server laid them between the boxes. */
export function FlowLines({ map, following, collapsed }: FlowLinesProps) {
  const stops = passedStops(following);
  const shown = new Set(flatBoxes(map.boxes, collapsed).flatMap(({ box }) => box.resources));
  const flows = map.flows.filter(
    ({ from, to }) => collapsed.size === 0 || [from, to].every((end) => end === 'internet' || shown.has(end)),
  );
  return (
    <svg className="flow-lines" width={map.width} height={map.height} aria-hidden="true">
      <defs>
        {(['decided', 'undecided', 'lit'] as const).map((kind) => (
          <marker
            key={kind}
            id={`arrow-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className={`arrow ${kind}`} d="M0 0L8 4 0 8z" />
          </marker>
        ))}
      </defs>
      {flows.map((flow) => {
        const lit = isPassed(flow, stops);
        const kind = lit ? 'lit' : flow.decided ? 'decided' : 'undecided';
        const faint = following !== undefined && !lit ? ' faint' : '';
        return (
          <polyline
            key={`${flow.from} ${flow.to}`}
            className={`flow ${flow.decided ? 'decided' : 'undecided'}${lit ? ' lit' : ''}${faint}`}
            points={pointsOf(flow)}
            markerEnd={`url(#arrow-${kind})`}
          />
        );
      })}
    </svg>
  );
}

function pointsOf({ points }: MapFlow): string {
  return points.map(({ x, y }) => `${x},${y}`).join(' ');
}

/** The resources that the attack has passed so far, in their order. */
function passedStops(following: Following | undefined): readonly string[] {
  return following ? following.attack.hops.slice(0, following.hop + 1).map(({ resource }) => resource) : [];
}

/** Lines run between the stops that have boxes; what lies between two of them is drawn by one line. */
function isPassed({ from, to }: MapFlow, stops: readonly string[]): boolean {
  const start = stops.indexOf(from);
  return start >= 0 && stops.indexOf(to, start + 1) > start;
}
