import { type Answer, ask, NO, undecided, YES } from '../model/answer.ts';
import { stringFrom, type Value } from '../model/value.ts';
import { SECRET_MARKER } from '../sources/aws/redact.ts';

/** Names that say that a secret stands under them, unless they end in something that is no secret itself. */
const SECRET = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|AUTH_?TOKEN)/i;
const HARMLESS = /(ARN|ID|NAME|PATH|FILE|URL|URI|LENGTH|POLICY|ENABLED|TTL|DAYS|REGION)$/i;

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name) && !HARMLESS.test(name);
}

/**
 * Whether a value stands in the clear under the name of a secret. A dynamic reference is looked up when it
 * is deployed, but then stands in the clear all the same; a parameter is undecided.
 */
export function isPlainSecret(name: string, value: Value): Answer {
  // Collecting took a secret out of what stands here, whatever its name.
  if (stringFrom(value)?.includes(SECRET_MARKER)) return YES;
  if (!isSecretName(name)) return NO;
  if (value.kind === 'unknown') return undecided(value);
  return ask(value, (each) => (stringFrom(each) ?? '') !== '');
}
