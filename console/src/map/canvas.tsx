import '@xyflow/react/dist/base.css';
import '../styles/map.css';
import { MiniMap, ReactFlow, ReactFlowProvider, useReactFlow, ViewportPortal } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EnvironmentMap, MapBox } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { MAP } from '../texts/map.ts';
import { type BoxNode, BoxShape } from './box-node.tsx';
import { CanvasTools } from './canvas-tools.tsx';
import { flatBoxes, groupKeys, wayToKey, wayToResource } from './flat-boxes.ts';
import { FlowLines } from './flow-lines.tsx';
import type { Shown, Spot } from './shown.ts';

interface CanvasProps {
  readonly map: EnvironmentMap;
  readonly shown: Shown;
  readonly onBadge: (spot: Spot) => void;
}

const NODE_TYPES = { box: BoxShape };
/** With more boxes than this, groups are collapsed at first and only what is in sight is drawn. */
const MANY = 300;
const READABLE = 0.8;

/** The picture of the environment, drawn with React Flow from the server's layout. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ map, shown, onBadge }: CanvasProps) {
  const t = useText();
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupKeys(map.boxes), [map]);
  const many = useMemo(() => flatBoxes(map.boxes, new Set()).length > MANY, [map]);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => new Set(many ? groups : []));
  const toggle = useCallback((key: string) => {
    setCollapsed((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  }, []);

  /** Opens what lies around a box and brings it into sight. */
  const showBox = useCallback(
    (way: readonly string[]) => {
      const around = way.slice(0, -1);
      setCollapsed((before) =>
        around.some((key) => before.has(key))
          ? new Set([...before].filter((key) => !around.includes(key)))
          : before,
      );
      const key = way.at(-1);
      const box = flatBoxes(map.boxes, new Set()).find((each) => each.box.key === key)?.box;
      if (!box) return;
      if (flow.getZoom() >= READABLE && isInSight(box, frame.current, flow)) return;
      const zoom = Math.max(flow.getZoom(), READABLE);
      flow.setCenter(box.x + box.width / 2, box.y + Math.min(box.height / 2, 200), {
        zoom,
        duration: moveTime(),
      });
    },
    [map, flow],
  );

  const hop = shown.following?.attack.hops[shown.following.hop];
  const hopBox = hop?.box;
  useEffect(() => {
    const way = hopBox === undefined ? undefined : wayToKey(map.boxes, hopBox);
    if (way) showBox(way);
  }, [hopBox, map, showBox]);
  useEffect(() => {
    const way = shown.resource === undefined ? undefined : wayToResource(map.boxes, shown.resource);
    if (way) showBox(way);
  }, [shown.resource, map, showBox]);

  const nodes = useMemo(
    () => nodesOf(map, shown, collapsed, onBadge, toggle),
    [map, shown, collapsed, onBadge, toggle],
  );
  const start = useCallback(() => {
    const width = frame.current?.clientWidth ?? 1_000;
    const zoom = Math.min(1, Math.max(0.55, (width - 24) / map.width));
    flow.setViewport({ x: Math.max(12, (width - map.width * zoom) / 2), y: 12, zoom });
  }, [flow, map.width]);

  return (
    <div className="map-canvas" ref={frame} data-testid="map" data-revision={map.revision}>
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={NODE_TYPES}
        onInit={start}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        panOnScroll={false}
        minZoom={0.08}
        maxZoom={2.5}
        onlyRenderVisibleElements={many}
        attributionPosition="bottom-left"
        aria-label={t(MAP.canvas)}
        ariaLabelConfig={{
          'node.a11yDescription.default': t(MAP.canvasHint),
          'edge.a11yDescription.default': t(MAP.decidedLine),
        }}
        onFocus={(event) => keepInSight(event.target, frame.current, flow)}
      >
        <ViewportPortal>
          <FlowLines map={map} following={shown.following} collapsed={collapsed} />
        </ViewportPortal>
        {many && <MiniMap pannable zoomable ariaLabel={null} />}
      </ReactFlow>
      <CanvasTools
        hasGroups={groups.length > 0}
        allCollapsed={collapsed.size > 0}
        onCollapse={(all) => setCollapsed(new Set(all ? groups : []))}
        onStart={start}
      />
    </div>
  );
}

function nodesOf(
  map: EnvironmentMap,
  shown: Shown,
  collapsed: ReadonlySet<string>,
  onBadge: (spot: Spot) => void,
  onToggle: (key: string) => void,
): BoxNode[] {
  const { following, only, spot, switches, resource } = shown;
  const hops = following?.attack.hops ?? [];
  const now = following && hops[following.hop]?.box;
  const passed = new Set(hops.slice(0, following?.hop ?? 0).map(({ box }) => box));
  return flatBoxes(map.boxes, collapsed).map(({ box, depth }) => ({
    id: box.key,
    type: 'box' as const,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    zIndex: depth,
    draggable: false,
    selectable: false,
    data: {
      box,
      collapsed: collapsed.has(box.key),
      lit: box.key === now ? ('now' as const) : passed.has(box.key) ? ('passed' as const) : undefined,
      found: resource !== undefined && box.resources.includes(resource),
      only,
      spot,
      switches,
      onBadge,
      onToggle,
    },
  }));
}

/** Moves the picture when somebody tabs to a mark that is out of sight; the frame itself never scrolls. */
function keepInSight(
  target: EventTarget,
  frame: HTMLElement | null,
  flow: ReturnType<typeof useReactFlow>,
): void {
  if (!frame || !(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
  for (const element of frame.querySelectorAll('.react-flow, .react-flow__renderer, .react-flow__pane')) {
    element.scrollTo(0, 0);
  }
  const outer = frame.getBoundingClientRect();
  const inner = target.getBoundingClientRect();
  const inSight =
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom;
  if (inSight) return;
  const middle = flow.screenToFlowPosition({
    x: inner.left + inner.width / 2,
    y: inner.top + inner.height / 2,
  });
  flow.setCenter(middle.x, middle.y, { zoom: flow.getZoom(), duration: 0 });
}

/** Whether the upper part of a box is in the frame now. */
function isInSight(box: MapBox, frame: HTMLElement | null, flow: ReturnType<typeof useReactFlow>): boolean {
  if (!frame) return false;
  const { x, y, zoom } = flow.getViewport();
  const left = box.x * zoom + x;
  const top = box.y * zoom + y;
  const height = Math.min(box.height, 200) * zoom;
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * zoom <= frame.clientWidth &&
    top + height <= frame.clientHeight
  );
}

/** How long a move takes; none for those who asked their system for less motion. */
export function moveTime(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
}
