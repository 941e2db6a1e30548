import type { ResourceGraph } from '../../environment/graph.ts';
import { launchValue } from '../../environment/reachability/index.ts';
import { spanText } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { referencesIn, stringFrom, type Value, visit } from '../../model/value.ts';
import { off, on } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { namesSecret } from './secret-names.ts';

/** EC2 takes 16 KB of user data; twice that bounds what is searched. */
const MAX_SEARCHED = 32 * 1024;

/** `NAME=value` and `NAME: value` of shells, environment files and cloud-init, up to a value's first characters. */
const ASSIGNMENT =
  /\b([A-Za-z_][A-Za-z0-9_]{0,63})[=:][ \t]?["']?(\$\{([A-Za-z0-9_.]{1,255})\}|\{\{resolve:|[A-Za-z0-9!@#%^*+/_.-]{4,100})/g;

/** Signs that a script reads its secret at run time. */
const READS_AT_RUN_TIME = /\bsecretsmanager[ :]|get-secret-value|GetSecretValue/i;

/**
 * Whether user data writes a secret onto the server: a literal, or a parameter of the template, given to
 * a setting whose name says that it is one. What it says is read from the source text, since `Fn::Base64`
 * leaves nothing of it in the value.
 */
export function inUserData(graph: ResourceGraph, place: Resource): Presence | undefined {
  const data =
    place.type === 'AWS::EC2::LaunchTemplate'
      ? property(place, 'LaunchTemplateData', 'UserData')
      : launchValue(graph, place, 'UserData');
  if (data.kind === 'absent') return undefined;
  const script = scriptOf(data);
  const written = writtenSecret(script, parametersIn(data));
  if (written) {
    return off(
      text(
        `user data writes ${written} onto the server in the clear`,
        `ユーザーデータが${written}を平文でサーバーに書き込みます`,
      ),
      data,
    );
  }
  if (!READS_AT_RUN_TIME.test(script) && !pointsAtSecret(graph, data)) return undefined;
  return on(
    text(
      'the server reads its secret from Secrets Manager',
      'サーバーはシークレットをSecrets Managerから読み取ります',
    ),
    data,
  );
}

/** Whether a script is told which secret to read: the secret itself, or the one that RDS made for a database. */
function pointsAtSecret(graph: ResourceGraph, data: Value): boolean {
  return referencesIn(data).some(
    ({ resource, attribute }) =>
      attribute === 'MasterUserSecret.SecretArn' ||
      graph.get(resource)?.type === 'AWS::SecretsManager::Secret',
  );
}

function scriptOf(data: Value): string {
  const source = spanText(data.span).slice(0, MAX_SEARCHED);
  const encoded = stringFrom(data);
  return encoded === undefined
    ? source
    : `${source}\n${Buffer.from(encoded.slice(0, MAX_SEARCHED), 'base64').toString('utf8')}`;
}

function parametersIn(data: Value): ReadonlySet<string> {
  const names = new Set<string>();
  visit(data, (value) => {
    if (value.kind !== 'unknown') return;
    for (const part of value.parts ?? []) {
      if (typeof part === 'object' && part.type === 'parameter') names.add(part.expression);
    }
  });
  return names;
}

function writtenSecret(script: string, parameters: ReadonlySet<string>): string | undefined {
  for (const [, name = '', value = '', placeholder] of script.matchAll(ASSIGNMENT)) {
    if (!namesSecret(name)) continue;
    if (placeholder === undefined || parameters.has(placeholder)) return name;
    if (value.startsWith('{{resolve:')) return name;
  }
  return undefined;
}
