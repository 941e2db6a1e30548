import type { CallContext } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { oidcProviders } from './collections.ts';
import { exists, invalidInput, limitExceeded, NO_SUCH, overQuota } from './errors.ts';
import { byId, erase, type Found, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { everyRecord } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { OidcProviderRecord } from './records.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';

async function providerOf({ store, account }: CallContext, arn: string): Promise<Found<OidcProviderRecord>> {
  const found = await byId(store, oidcProviders, arn);
  if (found?.value.account !== account) throw NO_SUCH.oidcProvider(arn);
  return found;
}

/** The issuer without its scheme. @throws AwsError InvalidInput: issuers are https URLs without query. */
function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:' || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '') {
    throw invalidInput('Invalid Open ID Connect Provider URL');
  }
  return url.slice('https://'.length).replace(/\/$/, '');
}

/** @throws AwsError InvalidInput, LimitExceeded. */
function checkedThumbprints(thumbprints: readonly string[]): readonly string[] {
  if (thumbprints.length > QUOTAS.ThumbprintsPerProvider) {
    throw invalidInput(`Thumbprint list must contain fewer than ${QUOTAS.ThumbprintsPerProvider} entries.`);
  }
  if (thumbprints.some((each) => !/^[0-9a-fA-F]{40}$/.test(each))) throw invalidInput('Invalid thumbprint');
  return thumbprints;
}

function checkedClientIds(ids: readonly string[]): readonly string[] {
  if (ids.length > QUOTAS.ClientIdsPerProvider) {
    throw limitExceeded(
      `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${QUOTAS.ClientIdsPerProvider}`,
    );
  }
  return [...new Set(ids)];
}

/**
 * Identity providers of web identities. Thumbprints are kept as given: nothing is fetched from the provider.
 * Source: IAM API Reference, "CreateOpenIDConnectProvider".
 */
export const oidcProviderOperations = {
  async CreateOpenIDConnectProvider(input, context) {
    const { store, account, now } = context;
    const host = hostOf(input.Url);
    const arn = `arn:aws:iam::${account}:oidc-provider/${host}`;
    const tags = newTags(input.Tags);
    const clientIds = checkedClientIds(input.ClientIDList ?? []);
    const thumbprints = checkedThumbprints(input.ThumbprintList ?? []);
    if (await byId(store, oidcProviders, arn)) {
      throw exists(`Provider with url https://${host} already exists.`);
    }
    const quota = 'OpenIdConnectProvidersPerAccount';
    const present = await store.count(oidcProviders, { index: 'account', equals: account });
    if (present >= QUOTAS[quota]) throw overQuota(quota, QUOTAS[quota]);
    const provider = { account, arn, host, clientIds, thumbprints, tags, createdAt: now.getTime() };
    return change({ OpenIDConnectProviderArn: arn, ...shownTags(tags) }, [
      put(oidcProviders, arn, provider, 'absent'),
    ]);
  },

  async GetOpenIDConnectProvider(input, context) {
    const { value } = await providerOf(context, input.OpenIDConnectProviderArn);
    return {
      Url: value.host,
      ClientIDList: [...value.clientIds],
      ThumbprintList: [...value.thumbprints],
      CreateDate: new Date(value.createdAt),
      ...shownTags(value.tags),
    };
  },

  async ListOpenIDConnectProviders(_input, { store, account }) {
    const found = await everyRecord(store, oidcProviders, account);
    return { OpenIDConnectProviderList: found.map(({ key }) => ({ Arn: key })) };
  },

  async UpdateOpenIDConnectProviderThumbprint(input, context) {
    const provider = await providerOf(context, input.OpenIDConnectProviderArn);
    const thumbprints = checkedThumbprints(input.ThumbprintList);
    return change({}, [save(oidcProviders, provider, { thumbprints })]);
  },

  async AddClientIDToOpenIDConnectProvider(input, context) {
    const provider = await providerOf(context, input.OpenIDConnectProviderArn);
    const clientIds = checkedClientIds([...provider.value.clientIds, input.ClientID]);
    return change({}, [save(oidcProviders, provider, { clientIds })]);
  },

  async RemoveClientIDFromOpenIDConnectProvider(input, context) {
    const provider = await providerOf(context, input.OpenIDConnectProviderArn);
    const clientIds = provider.value.clientIds.filter((id) => id !== input.ClientID);
    return change({}, [save(oidcProviders, provider, { clientIds })]);
  },

  async DeleteOpenIDConnectProvider(input, context) {
    return change({}, [erase(oidcProviders, await providerOf(context, input.OpenIDConnectProviderArn))]);
  },

  async TagOpenIDConnectProvider(input, context) {
    return tag(oidcProviders, await providerOf(context, input.OpenIDConnectProviderArn), input.Tags);
  },

  async UntagOpenIDConnectProvider(input, context) {
    return untag(oidcProviders, await providerOf(context, input.OpenIDConnectProviderArn), input.TagKeys);
  },

  async ListOpenIDConnectProviderTags(input, context) {
    return tagPage(await providerOf(context, input.OpenIDConnectProviderArn), input);
  },
} satisfies Handlers;
