import { type Answer, NO, not, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import { isSecretName } from '../plain-secrets.ts';

/** The start script of an instance, launch template or launch configuration. */
export function userData(resource: Resource): Value {
  return resource.type === 'AWS::EC2::LaunchTemplate'
    ? get(resource.properties, 'LaunchTemplateData', 'UserData')
    : get(resource.properties, 'UserData');
}

/** Whether a start script sets no secret: no access key of AWS, and no value under the name of a secret. */
export function withoutSecrets(script: Value, whenAbsent: Answer): Answer {
  if (script.kind === 'absent') return whenAbsent;
  return not(carriesSecret(script));
}

function carriesSecret(script: Value): Answer {
  if (script.kind === 'unknown') {
    if (!script.parts) return undecided(script);
    const text = script.parts.map((part) => (typeof part === 'string' ? part : '$gap')).join('');
    return setsSecret(text)
      ? YES
      : script.parts.every((part) => typeof part !== 'string')
        ? undecided(script)
        : NO;
  }
  const text = stringFrom(script);
  return text !== undefined && (setsSecret(text) || setsSecret(decoded(text))) ? YES : NO;
}

const ASSIGNMENT = /(?:^|[\s;&"'])(?:export\s+)?([A-Za-z_][A-Za-z0-9_]{0,80})\s?[=:]\s?["']?([^\s"'$;]{4,})/g;
const ACCESS_KEY = /(?:^|[^A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?:[^A-Z0-9]|$)/;

function setsSecret(text: string): boolean {
  if (ACCESS_KEY.test(text)) return true;
  for (const [, name = ''] of text.matchAll(ASSIGNMENT)) if (isSecretName(name)) return true;
  return false;
}

/** Scripts are often written in base 64; what is not decodes to nothing of interest. */
function decoded(text: string): string {
  return /^[A-Za-z0-9+/=\s]+$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : '';
}
