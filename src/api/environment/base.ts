import type { EnvironmentReading } from '../../environment/read.ts';
import type { Assessment } from '../../model/assessment.ts';
import { type Namer, namerOf } from '../../report/names.ts';
import type { Desk } from '../assessor/desk.ts';

/** One state of the files, read and assessed; what is made from it is kept as long as it is. */
export interface Base {
  readonly reading: Pick<EnvironmentReading, 'declaration' | 'folder'>;
  /** Without decisions: they change while this stays. */
  readonly assessment: Assessment;
  readonly files: readonly string[];
  /** What takes the graph. */
  readonly desk: Desk;
  readonly name: Namer;
  /** The type of a resource, or '' for what is none. */
  typeOf(resource: string): string;
  /** What a function makes of this state, made once. */
  memo<Made>(make: (base: Base) => Made): Made;
}

/** Of what a base is made. */
export interface BaseParts extends Pick<Base, 'reading' | 'assessment' | 'files' | 'desk'> {
  /** Types of nodes that are no resources of the assessment, such as the account. */
  readonly otherTypes: readonly (readonly [string, string])[];
}

export function baseOf({ otherTypes, ...parts }: BaseParts): Base {
  const made = new Map<unknown, unknown>();
  const { environment } = parts.assessment;
  const types = new Map([...otherTypes, ...environment.resources.map(({ id, type }) => [id, type] as const)]);
  const base: Base = {
    ...parts,
    name: namerOf(environment),
    typeOf: (resource) => types.get(resource) ?? '',
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
