import { useReactFlow } from '@xyflow/react';
import { useText } from '../language/language.tsx';
import { MAP } from '../texts/map.ts';

interface CanvasToolsProps {
  readonly hasGroups: boolean;
  readonly allCollapsed: boolean;
  readonly onCollapse: (all: boolean) => void;
  readonly onStart: () => void;
}

/** Zoom, the whole at once, readable size, and the groups. */
export function CanvasTools({ hasGroups, allCollapsed, onCollapse, onStart }: CanvasToolsProps) {
  const t = useText();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const tools = [
    { title: MAP.zoomIn, sign: 'M8 3v10M3 8h10', act: () => zoomIn() },
    { title: MAP.zoomOut, sign: 'M3 8h10', act: () => zoomOut() },
    { title: MAP.fit, sign: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4', act: () => fitView({ padding: 0.03 }) },
    { title: MAP.actual, sign: 'M2 4h12M2 8h12M2 12h7', act: onStart },
    ...(hasGroups
      ? [
          {
            title: allCollapsed ? MAP.expandAll : MAP.collapseAll,
            sign: allCollapsed ? 'M2 3h12v10H2zM8 5.5v5M5.5 8h5' : 'M2 3h12v10H2zM5.5 8h5',
            act: () => onCollapse(!allCollapsed),
          },
        ]
      : []),
  ];
  return (
    <div className="map-tools" role="toolbar" aria-label={t(MAP.view)}>
      {tools.map(({ title, sign, act }) => (
        <button key={title.en} type="button" aria-label={t(title)} title={t(title)} onClick={act}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={sign} />
          </svg>
        </button>
      ))}
    </div>
  );
}
