import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { off, on, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { namesSecret } from './secret-names.ts';
import { inUserData } from './user-data.ts';

/**
 * Whether a function, task or server is given secrets in its settings. Settings without any secret say
 * nothing about the safeguard, so such a place is left out.
 */
export function atWorkload(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::Lambda::Function':
      return inSettings(entriesOf(property(place, 'Environment', 'Variables')));
    case 'AWS::ECS::TaskDefinition':
      return inContainers(place);
    case 'AWS::ECS::Service': {
      const task = graph.target(property(place, 'TaskDefinition'));
      return task?.type === 'AWS::ECS::TaskDefinition' ? inContainers(task) : undefined;
    }
    default:
      return inUserData(graph, place);
  }
}

interface Setting {
  readonly name: string;
  readonly value: Value;
}

function entriesOf(value: Value): readonly Setting[] {
  if (value.kind !== 'map') return [];
  return [...value.entries].map(([name, entry]) => ({ name, value: entry }));
}

function inContainers(task: Resource): Presence | undefined {
  const containers = itemsOf(property(task, 'ContainerDefinitions'));
  const settings = containers.flatMap((container) =>
    itemsOf(get(container, 'Environment')).map((each) => ({
      name: stringFrom(get(each, 'Name')) ?? '',
      value: get(each, 'Value'),
    })),
  );
  const referred = containers.flatMap((container) => itemsOf(get(container, 'Secrets')));
  return inSettings(settings) ?? (referred[0] ? on(fromStore, referred[0]) : undefined);
}

const fromStore: Text = text(
  'secrets are handed over by reference at run time',
  'シークレットは実行時に参照で渡されます',
);

function inSettings(settings: readonly Setting[]): Presence | undefined {
  const secrets = settings.filter((each) => namesSecret(each.name));
  const plain = secrets.find(({ value }) => isWritten(value));
  if (plain) return off(exposed(plain.name), plain.value);
  const resolved = secrets.find(({ value }) => value.kind === 'unknown' && value.why === 'dynamic-reference');
  if (resolved) return off(atDeployment(resolved.name), resolved.value);
  const open = secrets.filter(({ value }) => value.kind === 'unknown' || value.kind === 'oneOf');
  if (open.length === 0) return undefined;
  return unsure(
    text(
      `whether ${open.map((each) => each.name).join(', ')} hold secrets is not decided`,
      `${open.map((each) => each.name).join('、')}に秘密の値が入るかどうかが未確定です`,
    ),
    open.map((each) => each.value),
  );
}

/** A literal, or a parameter: both end up readable in the settings of the function or task. */
function isWritten(value: Value): boolean {
  if (value.kind === 'known') return (stringFrom(value) ?? '') !== '';
  return value.kind === 'unknown' && value.why === 'parameter';
}

function exposed(name: string): Text {
  return text(`the setting ${name} holds a secret in the clear`, `設定${name}に秘密の値が平文で入っています`);
}

function atDeployment(name: string): Text {
  return text(
    `${name} is resolved at deployment and then stands in the settings in the clear`,
    `${name}はデプロイ時に解決され、設定に平文で残ります`,
  );
}
