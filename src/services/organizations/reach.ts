import { compilePolicies, parsePolicyText } from '../../iam/engine.ts';
import type { OrganizationReach } from '../../platform/identity.ts';
import type { Store } from '../../store/store.ts';
import { policyArn } from './arns.ts';
import { policyNamed } from './aws-policies.ts';
import { members, organizations, units } from './collections.ts';
import { programAt } from './facts.ts';
import { everyOf, pathUp } from './find.ts';
import type { OrganizationRecord, Place } from './records.ts';

const PATH = /^o-[a-z0-9]{1,32}(?:\/[a-z0-9-]{1,68}){1,7}$/;
const TYPE = 'SERVICE_CONTROL_POLICY';

/** What is below a place, see `OrganizationSource.reach`; undefined when the path names none. */
export async function reachOf(
  store: Store,
  path: string,
  policyId: string | undefined,
): Promise<OrganizationReach | undefined> {
  if (!PATH.test(path)) return undefined;
  const [id = '', ...places] = path.split('/');
  const org = (await store.get(organizations, id))?.value;
  if (org === undefined) return undefined;
  const levels = await levelsDownTo(store, org, places.at(-1) ?? '');
  if (levels.map((place) => place.id).join('/') !== places.join('/')) return undefined;
  const serviceControl = await Promise.all(levels.map((place) => programAt(store, org, place, TYPE)));
  const found = policyId === undefined ? undefined : await policyNamed(store, org.org, policyId);
  const policy =
    found && compilePolicies([parsePolicyText(found.content, policyArn(org, found.id, found.type))]);
  return {
    managementAccount: org.management,
    accounts: await accountsBelow(store, org, path),
    ...(org.enabled[TYPE] !== undefined && { serviceControl }),
    ...(policy && { policy }),
  };
}

/** The places from the root down to one; none when it is not in the organisation. */
async function levelsDownTo(store: Store, org: OrganizationRecord, id: string): Promise<readonly Place[]> {
  if (id === org.id) return [org];
  const place = (await store.get(units, id))?.value ?? (await store.get(members, id))?.value;
  if (place?.org !== org.org) return [];
  return [...(await pathUp(store, org, place.parent)).toReversed(), place];
}

async function accountsBelow(store: Store, org: OrganizationRecord, path: string) {
  const all = await everyOf(store, members, { index: 'org', equals: org.org });
  const placed = await Promise.all(
    all.map(async ({ value }) => {
      const above = (await pathUp(store, org, value.parent)).toReversed();
      return { account: value.id, path: [org.org, ...above.map(({ id }) => id), value.id].join('/') };
    }),
  );
  return placed.filter((each) => `${each.path}/`.startsWith(`${path}/`));
}
