import type { Api, FoundResource, Output } from './api.ts';

/** What a collector knows of a resource; where it stands is the collector's. */
export interface Item {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly properties: Output;
  readonly unread?: readonly string[];
}

/** What belongs to no region: identities, distributions, the account itself. */
export const EVERYWHERE = 'global';

/** A resource of the region that is asked. */
export function here(api: Api, item: Item): FoundResource {
  return { ...item, region: api.region };
}

/** A resource of the account as a whole. */
export function everywhere(item: Item): FoundResource {
  return { ...item, region: EVERYWHERE };
}

/** A resource that CloudFormation has and the service keeps inside another one. */
export function within(api: Api, type: string, id: string, properties: Output): FoundResource {
  return here(api, { id: `${api.account}:${api.region}:${id}`, type, name: id, properties });
}

/** A setting of a region, which has no name of its own; its type is `Account::<name>`. */
export function regionFact(
  api: Api,
  name: string,
  properties: Output,
  unread: readonly string[] = [],
): FoundResource {
  const id = `${api.account}:${api.region}:${name}`;
  return here(api, { id, type: `Account::${name}`, name, properties, unread });
}

/** A setting of the account as a whole; its type is `Account::<name>`. */
export function accountFact(
  api: Api,
  name: string,
  properties: Output,
  unread: readonly string[] = [],
): FoundResource {
  return everywhere({ id: `${api.account}:${name}`, type: `Account::${name}`, name, properties, unread });
}
