import type { ResourceGraph } from '../environment/graph.ts';
import { type Language, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { flowsOf } from './flows.ts';
import { layoutMap, type MapLayout } from './layout.ts';
import { routeFlows } from './route.ts';
import { renderSvg } from './svg.ts';

export { STATE_MARKS, STATE_WORDS } from './badge-text.ts';
export { escapeXml } from './escape-xml.ts';
export { checkGeometry, type GeometryProblem } from './geometry.ts';
export { layoutMap, type MapLayout } from './layout.ts';
export { stateShape } from './state-shape.ts';
export { MAP_CSS } from './svg.ts';

export interface DrawnMap {
  readonly svg: string;
  readonly layout: MapLayout;
}

/** Draws an assessed environment: where everything stands, which safeguard is on there, and the attack paths. */
export function drawMap(
  graph: ResourceGraph,
  assessment: Pick<Assessment, 'safeguards' | 'risks' | 'environment'>,
  language: Language,
): DrawnMap {
  const layout = layoutMap(graph, assessment.safeguards, language);
  const flows = routeFlows(layout, flowsOf(graph, assessment.risks));
  const { name } = assessment.environment;
  const title = text(`Drawing of the environment ${name}`, `環境${name}の図`)[language];
  return { svg: renderSvg(layout, flows, title, language), layout };
}
