import type { ResourceGraph } from '../../environment/graph.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import type { Resource } from '../../model/resource.ts';
import type { Answers } from './change.ts';

/** What one round of planning works with. */
export interface RoundContext {
  readonly graph: ResourceGraph;
  readonly answers: Answers;
  /** The text of a file as it is now, by the path under which people know it. */
  readonly read: (path: string) => string | undefined;
}

/** The file in which a resource is declared; undefined for what no file declares. */
export function fileOf(resource: Resource | undefined): SourceFile | undefined {
  return resource && !resource.external && resource.span.file.path !== '' ? resource.span.file : undefined;
}

/** The first template of the environment: where resources of the account and the region are added. */
export function mainTemplate(graph: ResourceGraph): SourceFile | undefined {
  return fileOf(graph.resources.find(({ id, external }) => id.startsWith('cfn:') && !external));
}

/** The first Terraform file of the environment. */
export function mainConfiguration(graph: ResourceGraph): SourceFile | undefined {
  return fileOf(graph.resources.find(({ span, external }) => !external && /\.tf$/.test(span.file.path)));
}

/** The file in which a change at a place is written: its own, else that of the account's and region's resources. */
export function homeOf(graph: ResourceGraph, place: Resource): SourceFile | undefined {
  const own = fileOf(place);
  if (place.id.startsWith('tf:')) return own?.path.endsWith('.tf') ? own : mainConfiguration(graph);
  return own ?? mainTemplate(graph) ?? mainConfiguration(graph);
}
