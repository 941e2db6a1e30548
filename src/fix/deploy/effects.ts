import type { ResourceGraph } from '../../environment/graph.ts';
import { resourceTypeFacts } from '../../environment/table/resource-table.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import { DEPLOY_EXCEPTIONS, type Effect } from './exceptions.ts';
import { statefulType } from './stateful.ts';

/** What a deployment of some edits does to one resource that is there. */
export interface DeployEffect {
  readonly resource: string;
  readonly name: string;
  readonly property: string;
  readonly effect: Exclude<Effect, 'none'>;
  readonly why: Text;
  /** Whether data is lost with a replacement. */
  readonly stateful: boolean;
}

/**
 * What deploying edits replaces or interrupts: from the create-only properties of the resource schemas, and
 * from the table of known exceptions.
 */
export function deployEffects(graph: ResourceGraph, edits: readonly Edit[]): readonly DeployEffect[] {
  return edits.flatMap((edit) => {
    if (edit.kind !== 'set-property' && edit.kind !== 'remove-property') return [];
    const resource = graph.get(edit.resource);
    const property = edit.path[0];
    if (!resource || property === undefined) return [];
    const { effect, why } = effectOf(resource.type, property);
    if (effect === 'none') return [];
    const stateful = statefulType(resource.type) !== undefined;
    return [{ resource: resource.id, name: resource.name, property, effect, why, stateful }];
  });
}

const CREATE_ONLY = text(
  'the property can only be set when the resource is created',
  'このプロパティは作成時にしか設定できません',
);

function effectOf(type: string, property: string): { readonly effect: Effect; readonly why: Text } {
  const exception = DEPLOY_EXCEPTIONS.find((each) => each.type === type && each.property === property);
  if (exception) return exception;
  const createOnly = resourceTypeFacts(type)?.createOnly ?? [];
  return { effect: createOnly.includes(property) ? 'replaced' : 'none', why: CREATE_ONLY };
}
