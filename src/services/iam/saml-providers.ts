import { createPrivateKey, randomBytes } from 'node:crypto';
import type { CallContext } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { samlProviders } from './collections.ts';
import { exists, invalidInput, NO_SUCH, overQuota } from './errors.ts';
import { byId, erase, type Found, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { everyRecord } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { SamlProviderRecord } from './records.ts';
import { readSamlMetadata } from './saml-metadata.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';
import { base32 } from './totp.ts';

const HUNDRED_YEARS = 100 * 365.25 * 86_400_000;

async function providerOf({ store, account }: CallContext, arn: string): Promise<Found<SamlProviderRecord>> {
  const found = await byId(store, samlProviders, arn);
  if (found?.value.account !== account) throw NO_SUCH.samlProvider(arn);
  return found;
}

/** A private key for encrypted assertions, sealed. @throws AwsError InvalidInput. */
async function newKey({ ports, now }: CallContext, pem: string) {
  try {
    createPrivateKey(pem);
  } catch {
    throw invalidInput('Could not parse the private key: it must be an unencrypted key in PEM format.');
  }
  const id = base32(randomBytes(20));
  return { id, key: await ports.seal.seal(pem, `iam/saml-key/${id}`), addedAt: now.getTime() };
}

function validity(metadata: string, now: Date): number {
  return readSamlMetadata(metadata).validUntil ?? now.getTime() + HUNDRED_YEARS;
}

export const samlProviderOperations = {
  async CreateSAMLProvider(input, context) {
    const { store, account, now, ports } = context;
    const arn = `arn:aws:iam::${account}:saml-provider/${input.Name}`;
    const tags = newTags(input.Tags);
    const validUntil = validity(input.SAMLMetadataDocument, now);
    if (await byId(store, samlProviders, arn))
      throw exists(`SAMLProvider with name ${input.Name} already exists.`);
    const present = await store.count(samlProviders, { index: 'account', equals: account });
    if (present >= QUOTAS.SAMLProvidersPerAccount) {
      throw overQuota('SAMLProvidersPerAccount', QUOTAS.SAMLProvidersPerAccount);
    }
    const encryption = input.AssertionEncryptionMode;
    const provider: SamlProviderRecord = {
      account,
      arn,
      id: ports.credentials.mintUniqueId('ASPA'),
      name: input.Name,
      metadata: input.SAMLMetadataDocument,
      validUntil,
      tags,
      createdAt: now.getTime(),
      keys: input.AddPrivateKey === undefined ? [] : [await newKey(context, input.AddPrivateKey)],
      ...(encryption === undefined ? {} : { encryption }),
    };
    return change({ SAMLProviderArn: arn, ...shownTags(tags) }, [
      put(samlProviders, arn, provider, 'absent'),
    ]);
  },

  async GetSAMLProvider(input, context) {
    const { value } = await providerOf(context, input.SAMLProviderArn);
    return {
      SAMLProviderUUID: value.id,
      SAMLMetadataDocument: value.metadata,
      CreateDate: new Date(value.createdAt),
      ValidUntil: new Date(value.validUntil),
      ...shownTags(value.tags),
      ...(value.encryption === undefined ? {} : { AssertionEncryptionMode: value.encryption }),
      ...(value.keys.length === 0
        ? {}
        : {
            PrivateKeyList: value.keys.map(({ id, addedAt }) => ({
              KeyId: id,
              Timestamp: new Date(addedAt),
            })),
          }),
    };
  },

  async ListSAMLProviders(_input, { store, account }) {
    const found = await everyRecord(store, samlProviders, account);
    const SAMLProviderList = found.map(({ key, value }) => ({
      Arn: key,
      ValidUntil: new Date(value.validUntil),
      CreateDate: new Date(value.createdAt),
    }));
    return { SAMLProviderList };
  },

  async UpdateSAMLProvider(input, context) {
    const provider = await providerOf(context, input.SAMLProviderArn);
    const metadata = input.SAMLMetadataDocument;
    let keys = provider.value.keys;
    if (input.RemovePrivateKey !== undefined) {
      if (!keys.some(({ id }) => id === input.RemovePrivateKey)) {
        throw invalidInput(`The private key ${input.RemovePrivateKey} is not one of the provider.`);
      }
      keys = keys.filter(({ id }) => id !== input.RemovePrivateKey);
    }
    if (input.AddPrivateKey !== undefined) {
      if (keys.length >= QUOTAS.SAMLPrivateKeys) throw overQuota('SAMLPrivateKeys', QUOTAS.SAMLPrivateKeys);
      keys = [...keys, await newKey(context, input.AddPrivateKey)];
    }
    return change({ SAMLProviderArn: provider.key }, [
      save(samlProviders, provider, {
        keys,
        ...(metadata === undefined ? {} : { metadata, validUntil: validity(metadata, context.now) }),
        ...(input.AssertionEncryptionMode === undefined ? {} : { encryption: input.AssertionEncryptionMode }),
      }),
    ]);
  },

  async DeleteSAMLProvider(input, context) {
    return change({}, [erase(samlProviders, await providerOf(context, input.SAMLProviderArn))]);
  },

  async TagSAMLProvider(input, context) {
    return tag(samlProviders, await providerOf(context, input.SAMLProviderArn), input.Tags);
  },

  async UntagSAMLProvider(input, context) {
    return untag(samlProviders, await providerOf(context, input.SAMLProviderArn), input.TagKeys);
  },

  async ListSAMLProviderTags(input, context) {
    return tagPage(await providerOf(context, input.SAMLProviderArn), input);
  },
} satisfies Handlers;
