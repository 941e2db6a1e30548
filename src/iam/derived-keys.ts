import type { PreparedCaller } from './caller.ts';
import type { PartialString } from './partial.ts';

/** What of a request the global keys follow from. */
interface KeySource {
  readonly caller: PreparedCaller;
  readonly resourceAccount: PartialString | undefined;
}

/**
 * The global condition keys that follow from who calls and what is called: their text, `absent` when
 * such a caller never has the key, undefined when the key does not follow from them. What the request
 * itself gives comes first. Source: IAM User Guide, "AWS global condition context keys" and the table
 * of principal keys in "IAM policy elements: Variables and tags".
 */
export function derivedKey(key: string, request: KeySource): PartialString | 'absent' | undefined {
  if (!key.startsWith('aws:')) return undefined;
  const { caller } = request;
  switch (key) {
    case 'aws:principalarn':
      return caller.principalArn ?? 'absent';
    case 'aws:principalaccount':
      return caller.account ?? 'absent';
    case 'aws:principaltype':
      return caller.principalType;
    case 'aws:username':
      return caller.userName ?? 'absent';
    case 'aws:userid':
      return caller.id ?? (caller.kind === 'aws' ? undefined : 'absent');
    case 'aws:principalisawsservice':
      return caller.kind === 'service' ? 'true' : 'false';
    case 'aws:principalservicename':
      return caller.kind === 'service' ? caller.name : 'absent';
    case 'aws:resourceaccount':
      return request.resourceAccount;
    default:
      return undefined;
  }
}
