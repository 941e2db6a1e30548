import type { ResourceGraph } from '../../environment/graph.ts';
import { launchTemplateOf } from '../../environment/reachability/index.ts';
import { type Answer, all, answer, any, ask, NO, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { property } from '../values.ts';

/** Whether the targets of an association or task mean a server. All targets of one list must hold. */
export function isTargeted(graph: ResourceGraph, server: Resource, targets: Value, instance: Value): Answer {
  if (graph.target(instance)?.id === server.id) return answer(true);
  if (targets.kind === 'absent') return NO;
  if (targets.kind === 'unknown') return undecided(targets);
  const items = itemsOf(targets);
  if (items.some((each) => stringFrom(get(each, 'Key')) === 'WindowTargetIds')) {
    return any(
      items.flatMap((each) => itemsOf(get(each, 'Values'))).map((id) => windowTarget(graph, server, id)),
    );
  }
  return all(items.map((each) => meets(graph, server, each)));
}

function windowTarget(graph: ResourceGraph, server: Resource, id: Value): Answer {
  const target = graph.target(id);
  if (target?.type !== 'AWS::SSM::MaintenanceWindowTarget') return undecided(id);
  return all([
    target.exists,
    ...itemsOf(property(target, 'Targets')).map((each) => meets(graph, server, each)),
  ]);
}

function meets(graph: ResourceGraph, server: Resource, target: Value): Answer {
  const key = stringFrom(get(target, 'Key')) ?? '';
  const values = get(target, 'Values');
  if (key === 'InstanceIds' || key === 'ParameterValues') {
    return any(
      itemsOf(values).map((value) =>
        answer(stringFrom(value) === '*' || graph.target(value)?.id === server.id),
      ),
    );
  }
  if (key.startsWith('tag:')) return hasTag(graph, server, key.slice(4), values);
  if (key === 'tag-key') {
    return any(itemsOf(values).map((value) => hasTag(graph, server, stringFrom(value) ?? '', undefined)));
  }
  return undecided(get(target, 'Key'));
}

function hasTag(graph: ResourceGraph, server: Resource, name: string, wanted: Value | undefined): Answer {
  if (name === 'aws:autoscaling:groupName' && wanted) {
    return any(itemsOf(wanted).map((value) => answer(graph.target(value)?.id === server.id)));
  }
  const tags = tagsOf(graph, server).filter((tag) => stringFrom(get(tag, 'Key')) === name);
  if (!wanted) return answer(tags.length > 0);
  const accepted = itemsOf(wanted).map((value) => stringFrom(value));
  return any(tags.map((tag) => ask(get(tag, 'Value'), (value) => accepted.includes(stringFrom(value)))));
}

/** Tags that a server carries when it runs: its own, and those its launch template gives to instances. */
function tagsOf(graph: ResourceGraph, server: Resource): readonly Value[] {
  const own = itemsOf(property(server, 'Tags')).filter(
    (tag) =>
      server.type !== 'AWS::AutoScaling::AutoScalingGroup' ||
      stringFrom(get(tag, 'PropagateAtLaunch')) === 'true',
  );
  const template = launchTemplateOf(graph, server);
  const fromTemplate = template
    ? itemsOf(property(template, 'LaunchTemplateData', 'TagSpecifications'))
        .filter((each) => stringFrom(get(each, 'ResourceType')) === 'instance')
        .flatMap((each) => itemsOf(get(each, 'Tags')))
    : [];
  return [...own, ...fromTemplate];
}
