import type { MiniMapNodeProps } from '@xyflow/react';

/** A group in the small map. What lies in it would be smaller than a point there, and is drawn anew with each move. */
export function MiniBox({ x, y, width, height, className }: MiniMapNodeProps) {
  if (className.includes('resource')) return null;
  return <rect className={className} x={x} y={y} width={width} height={height} />;
}
