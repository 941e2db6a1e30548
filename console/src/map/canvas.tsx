import '@xyflow/react/dist/base.css';
import '../styles/map.css';
import { MiniMap, ReactFlow, ReactFlowProvider, useReactFlow, ViewportPortal } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EnvironmentMap } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { MAP } from '../texts/map.ts';
import { type BoxNode, BoxShape } from './box-node.tsx';
import { nodesOf } from './box-nodes.ts';
import { CanvasTools } from './canvas-tools.tsx';
import { flatBoxes, groupKeys, wayToKey, wayToResource } from './flat-boxes.ts';
import { FlowLines } from './flow-lines.tsx';
import { HopLines } from './hop-lines.tsx';
import { keepFocusInSight, showRectangle } from './in-sight.ts';
import { MiniBox } from './mini-box.tsx';
import { placeBoxes } from './place-boxes.ts';
import type { Shown, Spot } from './shown.ts';

interface CanvasProps {
  readonly map: EnvironmentMap;
  readonly shown: Shown;
  readonly onBadge: (spot: Spot) => void;
}

const NODE_TYPES = { box: BoxShape };
/** With more boxes than this, groups are collapsed at first and only what is in sight is drawn. */
const MANY = 300;
const MARGIN = 8;
const MINI = { width: 140, height: 110 };

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

  const latest = useRef(collapsed);
  latest.current = collapsed;
  const placement = useMemo(() => placeBoxes(map.boxes, collapsed, many), [map, collapsed, many]);
  const size = { width: map.width, height: placement.height };

  /** Opens what lies around a box and brings it into sight. */
  const showBox = useCallback(
    (way: readonly string[]) => {
      const around = way.slice(0, -1);
      const closed = new Set([...latest.current].filter((key) => !around.includes(key)));
      if (closed.size < latest.current.size) setCollapsed(closed);
      const { boxes, height } = placeBoxes(map.boxes, closed, many);
      const placed = boxes.find(({ box }) => box.key === way.at(-1));
      if (!placed || !frame.current) return;
      const { box, y, height: tall } = placed;
      const sight = { flow, frame: frame.current, map: { width: map.width, height } };
      showRectangle(sight, { x: box.x, y, width: box.width, height: tall });
    },
    [map, flow, many],
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
    () => nodesOf(placement.boxes, shown, collapsed, { onBadge, onToggle: toggle }),
    [placement, shown, collapsed, onBadge, toggle],
  );
  const start = useCallback(() => {
    const width = frame.current?.clientWidth ?? 1_000;
    const zoom = Math.min(1, Math.max(0.55, (width - 2 * MARGIN) / map.width));
    flow.setViewport({ x: Math.max(MARGIN, (width - map.width * zoom) / 2), y: MARGIN, zoom });
  }, [flow, map.width]);

  const moves = useCallback((moving: boolean) => frame.current?.classList.toggle('moving', moving), []);

  return (
    <div className="map-canvas" ref={frame} data-testid="map" data-revision={map.revision}>
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={NODE_TYPES}
        onInit={start}
        onMoveStart={() => moves(true)}
        onMoveEnd={() => moves(false)}
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
        onFocus={({ target }) => {
          if (frame.current) keepFocusInSight({ flow, frame: frame.current, map: size }, target);
        }}
      >
        <ViewportPortal>
          {many && collapsed.size > 0 ? (
            <HopLines placement={placement} width={map.width} following={shown.following} />
          ) : (
            <FlowLines map={map} following={shown.following} collapsed={collapsed} />
          )}
        </ViewportPortal>
        {many && (
          <MiniMap
            pannable
            zoomable
            position="top-right"
            style={MINI}
            nodeClassName={miniClass}
            nodeComponent={MiniBox}
            ariaLabel={null}
          />
        )}
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

function miniClass({ data }: BoxNode): string {
  return data.collapsed ? 'mini closed' : `mini ${data.box.kind}`;
}
