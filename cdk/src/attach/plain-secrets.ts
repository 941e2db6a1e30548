import type { CfnResource } from 'aws-cdk-lib/core';
import { alreadyOn, type Done, notAttached } from '../outcome.ts';
import { at, itemsOf, type Json, read } from '../place.ts';

/** Types whose settings may hold secrets in the clear. */
export const WORKLOAD_TYPES = [
  'AWS::Lambda::Function',
  'AWS::ECS::TaskDefinition',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
] as const;

/** Names of settings that hold a secret, and not where to find one. */
const SECRET_NAME = /(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY)$/i;

/** A line of a start script that gives such a setting a value. */
const SECRET_LINE = /([A-Z_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY))=/i;

/** Whether a server, function or task is given secrets in the clear. That it is told is all: only its code can change. */
export function plainSecrets(place: CfnResource): Done {
  const names = [...new Set(namesIn(place))];
  return names.length === 0
    ? alreadyOn('no secret in its settings')
    : notAttached(
        `${names.join(', ')} in the clear: read it from Secrets Manager at run time, then take it out of the settings`,
      );
}

function namesIn(place: CfnResource): readonly string[] {
  switch (place.cfnResourceType) {
    case 'AWS::Lambda::Function':
      return secretsAmong(Object.entries(mapOf(read(place, 'Environment', 'Variables'))));
    case 'AWS::ECS::TaskDefinition':
      return itemsOf(read(place, 'ContainerDefinitions')).flatMap((container) =>
        secretsAmong(
          itemsOf(at(container, 'Environment')).map((each) => [String(at(each, 'Name')), at(each, 'Value')]),
        ),
      );
    case 'AWS::EC2::Instance':
      return secretsInScript(read(place, 'UserData'));
    default:
      return secretsInScript(read(place, 'LaunchTemplateData', 'UserData'));
  }
}

function secretsAmong(settings: readonly (readonly [string, Json])[]): readonly string[] {
  return settings.filter(([name, value]) => SECRET_NAME.test(name) && value !== '').map(([name]) => name);
}

function secretsInScript(script: Json): readonly string[] {
  const written = textsIn(script).join('\n').slice(0, 64_000);
  return written.split(/\\n|\n/).flatMap((line) => SECRET_LINE.exec(line)?.[1] ?? []);
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function mapOf(value: Json): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}
