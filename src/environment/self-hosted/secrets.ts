import type { Resource } from '../../model/resource.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import { isSecretSetting } from './secret-names.ts';

/** The environment variables of a service whose names say that they hold a secret. */
export interface SecretVariables {
  /** Written into the file in the clear. */
  readonly written: readonly Value[];
  /** Handed in from outside the file. */
  readonly handedIn: readonly Value[];
  /** Read from a file that Compose mounts as a secret (`…_FILE`). */
  readonly mounted: readonly Value[];
}

/** Sorts the secrets among a service's environment variables by how they get there. */
export function secretVariables(service: Resource): SecretVariables {
  const variables = get(service.properties, 'Environment');
  const found = { written: [] as Value[], handedIn: [] as Value[], mounted: [] as Value[] };
  if (variables.kind !== 'map') return found;
  for (const [name, value] of variables.entries) {
    if (/_FILE$/i.test(name) && isSecretSetting(name.slice(0, -'_FILE'.length))) found.mounted.push(value);
    else if (value.kind === 'unknown' && isSecretSetting(name)) found.handedIn.push(value);
    else if (isSecretSetting(name) && (stringFrom(value) ?? '') !== '') found.written.push(value);
    else if (carriesPassword(stringFrom(value) ?? '')) found.written.push(value);
  }
  return found;
}

/** A connection string with a password in it: `scheme://user:password@host`. */
function carriesPassword(text: string): boolean {
  return /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/]{0,100}:[^\s:@/]{1,200}@/.test(text);
}
