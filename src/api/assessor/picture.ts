import type { ResourceGraph } from '../../environment/graph.ts';
import type { Language } from '../../kernel/texts.ts';
import { STATE_MARKS, STATE_WORDS } from '../../map/badge-text.ts';
import { attachmentsByBox } from '../../map/badges.ts';
import type { MapBox as Box } from '../../map/box.ts';
import { flowsOf } from '../../map/flows.ts';
import { hostOf } from '../../map/hosts.ts';
import { checkGeometry, layoutMap } from '../../map/index.ts';
import { routeFlows } from '../../map/route.ts';
import { overallState } from '../../model/safeguard-state.ts';
import { namerOf } from '../../report/names.ts';
import type { MapBox, SafeguardState } from '../contract.ts';
import type { Picture } from './desk.ts';
import type { AssessedState } from './state.ts';

const STATES: readonly SafeguardState[] = ['on', 'partial', 'off', 'unknown', 'not-applicable'];

/** The picture of an assessed state. */
export function pictureOf({ graph, assessment }: AssessedState, language: Language): Picture {
  const name = namerOf(assessment.environment);
  const layout = layoutMap(graph, assessment.safeguards, language);
  const flows = routeFlows(layout, flowsOf(graph, assessment.risks));
  const attached = attachmentsByBox(graph, assessment.safeguards);
  const places = (box: Box, safeguard: string) =>
    ownersOf(box).flatMap((id) =>
      (attached.get(id) ?? [])
        .filter(({ report }) => report.id === safeguard)
        .map(({ attachment }) => attachment.resource),
    );
  const shown = (box: Box): MapBox => {
    const type = typeOf(graph, box);
    return {
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      key: box.key,
      kind: box.kind,
      resources: box.resources,
      ...(type !== undefined && { type }),
      labels: box.labels,
      badges: box.badges.map(({ badge, lines, x, y, width, height }) => ({
        x,
        y,
        width,
        height,
        safeguard: badge.safeguard,
        places: places(box, badge.safeguard),
        state: badge.state,
        lines,
      })),
      children: box.children.map(shown),
      ...(box.tone && { tone: box.tone }),
      ...(box.hint !== undefined && { hint: box.hint }),
    };
  };
  return {
    width: layout.width,
    height: layout.height,
    boxes: layout.boxes.map(shown),
    flows: flows.map(({ flow, points }) => ({ ...flow, points })),
    offMap: layout.offMap.map(({ resource, reason }) => ({
      id: resource,
      name: name(resource)[language],
      type: graph.get(resource)?.type ?? '',
      reason,
    })),
    problems: checkGeometry(layout, graph),
    legend: STATES.map((state) => ({ state, words: STATE_WORDS[state], mark: STATE_MARKS[state] })),
    safeguards: assessment.safeguards.map(({ id, name: called, factor, effect, price, attachments }) => ({
      id,
      name: called,
      factor,
      effect,
      price,
      state: overallState(attachments.map(({ state }) => state)),
      places: attachments.filter(({ state }) => state !== 'not-applicable').length,
    })),
  };
}

/** Ids whose safeguards a box carries: a gate those of what stands behind it, a frame its own. */
function ownersOf(box: Box): readonly string[] {
  if (box.resources.length > 0) return box.resources;
  return [box.key.replace(/^gate:/, '')];
}

function typeOf(graph: ResourceGraph, { resources, kind }: Box): string | undefined {
  const [first] = resources;
  if (first === undefined || (kind !== 'resource' && kind !== 'ghost')) return undefined;
  return graph.get(first)?.type;
}

/** The box of the map in which each resource, or what it is a part of, stands. */
export function boxKeys({ boxes }: Picture, graph: ResourceGraph): ReadonlyMap<string, string> {
  const keys = new Map<string, string>([['internet', 'internet']]);
  const note = (box: MapBox): void => {
    if (box.kind !== 'ghost') for (const id of box.resources) keys.set(id, box.key);
    if (!keys.has(box.key)) keys.set(box.key, box.key);
    for (const child of box.children) note(child);
  };
  for (const box of boxes) note(box);
  for (const resource of graph.resources) {
    const key = keys.has(resource.id) ? undefined : keys.get(hostOf(graph, resource)?.id ?? '');
    if (key !== undefined) keys.set(resource.id, key);
  }
  return keys;
}
