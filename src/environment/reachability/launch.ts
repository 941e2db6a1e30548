import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { property, referred } from './lookup.ts';

/**
 * Where an instance or Auto Scaling group takes its launch parameters from, the one that wins first:
 * its own properties, then its launch template or launch configuration.
 */
export function launchSources(graph: ResourceGraph, server: Resource): readonly Resource[] {
  const template = launchTemplateOf(graph, server);
  return server.type === 'AWS::EC2::Instance'
    ? [server, ...(template ? [template] : [])]
    : template
      ? [template]
      : [];
}

/** The launch template or launch configuration that a server is made from, or undefined. */
export function launchTemplateOf(graph: ResourceGraph, server: Resource): Resource | undefined {
  for (const path of TEMPLATE_PATHS) {
    const template = referred(graph, property(server, ...path), 'AWS::EC2::LaunchTemplate');
    if (template) return template;
  }
  return referred(
    graph,
    property(server, 'LaunchConfigurationName'),
    'AWS::AutoScaling::LaunchConfiguration',
  );
}

const TEMPLATE_PATHS = [
  ['LaunchTemplate', 'LaunchTemplateId'],
  ['LaunchTemplate', 'LaunchTemplateName'],
  ['LaunchTemplate', 'LaunchTemplateSpecification', 'LaunchTemplateId'],
  ['MixedInstancesPolicy', 'LaunchTemplate', 'LaunchTemplateSpecification', 'LaunchTemplateId'],
] as const;

/** The first value that one of the launch sources gives at a path of `LaunchTemplateData` or instance properties. */
export function launchValue(
  graph: ResourceGraph,
  server: Resource,
  ...path: readonly (string | number)[]
): Value {
  const sources = launchSources(graph, server);
  for (const source of sources) {
    const value = get(launchData(source), ...path);
    if (value.kind !== 'absent') return value;
  }
  return get(launchData(sources[0] ?? server), ...path);
}

/** Whether everything that a server is launched from was read. */
export function launchIsKnown(graph: ResourceGraph, server: Resource): boolean {
  if (server.type === 'AWS::EC2::Instance') {
    return (
      property(server, 'LaunchTemplate').kind === 'absent' || launchTemplateOf(graph, server) !== undefined
    );
  }
  return launchTemplateOf(graph, server) !== undefined;
}

function launchData(source: Resource): Value {
  return source.type === 'AWS::EC2::LaunchTemplate'
    ? property(source, 'LaunchTemplateData')
    : source.properties;
}

/** The network interfaces that a server is launched with. */
export function launchInterfaces(graph: ResourceGraph, server: Resource): readonly Value[] {
  return itemsOf(launchValue(graph, server, 'NetworkInterfaces')).filter((item) => item.kind === 'map');
}
