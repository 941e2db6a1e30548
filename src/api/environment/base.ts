import type { ResourceGraph } from '../../environment/graph.ts';
import type { EnvironmentReading } from '../../environment/read.ts';
import type { Assessment } from '../../model/assessment.ts';
import { type Namer, namerOf } from '../../report/names.ts';

/** One state of the files, read and assessed; what is made from it is kept as long as it is. */
export interface Base {
  readonly reading: Pick<EnvironmentReading, 'declaration' | 'folder'>;
  readonly graph: ResourceGraph;
  /** Without decisions: they change while this stays. */
  readonly assessment: Assessment;
  readonly files: readonly string[];
  readonly name: Namer;
  /** What a function makes of this state, made once. */
  memo<Made>(make: (base: Base) => Made): Made;
}

export function baseOf(
  reading: Base['reading'],
  graph: ResourceGraph,
  assessment: Assessment,
  files: readonly string[],
): Base {
  const made = new Map<unknown, unknown>();
  const base: Base = {
    reading,
    graph,
    assessment,
    files,
    name: namerOf(assessment.environment),
    memo<Made>(make: (base: Base) => Made): Made {
      if (!made.has(make)) made.set(make, make(base));
      return made.get(make) as Made;
    },
  };
  return base;
}

/** The name by which people know a resource, where only one language is needed: names have none. */
export function plainName(base: Base, resource: string): string {
  return base.name(resource).en;
}
