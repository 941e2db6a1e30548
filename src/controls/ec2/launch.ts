import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { get, isUndecided, referenceFrom, unknown, type Value } from '../../model/value.ts';

/**
 * A setting that an instance has itself or takes from its launch template. A launch template that lies
 * outside what was read leaves it undecided.
 */
export function launchSetting(instance: Resource, graph: ResourceGraph, ...path: readonly string[]): Value {
  const own = get(instance.properties, ...path);
  if (own.kind !== 'absent') return own;
  const specification = get(instance.properties, 'LaunchTemplate');
  if (specification.kind === 'absent') return own;
  const id = get(specification, 'LaunchTemplateId');
  const name = id.kind === 'absent' ? get(specification, 'LaunchTemplateName') : id;
  const template = graph.target(name);
  if (template?.type === 'AWS::EC2::LaunchTemplate') {
    return get(template.properties, 'LaunchTemplateData', ...path);
  }
  if (isUndecided(name) && !referenceFrom(name)) return name;
  return unknown(path.join('.'), 'import', specification.span);
}
