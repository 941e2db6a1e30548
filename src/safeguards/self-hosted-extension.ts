import type { ResourceGraph } from '../environment/graph.ts';
import type { Text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import type { Presence } from './safeguard.ts';

/** What a safeguard means off AWS: where it attaches there, when it is on, and what puts it on. */
export interface SelfHostedExtension {
  /** The safeguard. */
  readonly id: string;
  /** What people call it there. */
  readonly name: Text;
  readonly attachesTo: readonly string[];
  presence(graph: ResourceGraph, place: Resource): Presence | undefined;
  /** In the words of the place: a directive, a setting, a command. */
  remedy(place: Resource): Text;
}
