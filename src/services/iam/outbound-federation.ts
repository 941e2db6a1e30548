import { createPrivateKey, generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { CallContext } from '../../platform/context.ts';
import type { TokenIssuer, TokenKey } from '../../platform/identity.ts';
import { issuerPath } from '../../platform/issuer-documents.ts';
import type { SealPort } from '../../platform/ports.ts';
import { awsError, change } from '../../platform/service.ts';
import type { Store } from '../../store/store.ts';
import { settingsOf } from './account-settings.ts';
import { accounts } from './collections.ts';
import { invalidInput } from './errors.ts';
import { byId, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import type { SealedTokenKey } from './records.ts';

const makeKeyPair = promisify(generateKeyPair);
const HOST = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:]{2,45}\])(?::\d{1,5})?$/;

function purposeOf(account: string, id: string): string {
  return `iam/token-key/${account}/${id}`;
}

/** The issuer of an account with its keys; undefined when it never had one. */
export async function tokenIssuer(
  store: Pick<Store, 'get' | 'list' | 'count'>,
  seal: SealPort,
  account: string,
): Promise<TokenIssuer | undefined> {
  const outbound = (await byId(store, accounts, account))?.value.outbound;
  if (outbound === undefined) return undefined;
  const keys = outbound.keys.map(async ({ algorithm, id, sealed }): Promise<TokenKey> => {
    const opened = await seal.open(sealed, purposeOf(account, id));
    return { algorithm, id, privateKey: createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' }) };
  });
  return { issuer: outbound.issuer, enabled: outbound.enabled, keys: await Promise.all(keys) };
}

async function sealedKey(
  algorithm: TokenKey['algorithm'],
  { ports, account }: CallContext,
): Promise<SealedTokenKey> {
  const { privateKey } =
    algorithm === 'RS256'
      ? await makeKeyPair('rsa', { modulusLength: 2_048 })
      : await makeKeyPair('ec', { namedCurve: 'P-384' });
  const id = randomUUID();
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' });
  return { algorithm, id, sealed: await ports.seal.seal(plain, purposeOf(account, id)) };
}

/** The issuer stands at the address that the administrator uses, so that it is one that others can reach. */
function issuerOf({ request, account }: CallContext): string {
  if (!HOST.test(request.host)) throw invalidInput('The host of the request cannot be that of an issuer.');
  return `${request.secureTransport ? 'https' : 'http'}://${request.host}${issuerPath(account)}`;
}

/** Source: IAM API Reference, "EnableOutboundWebIdentityFederation"; STS gives the tokens out. */
export const outboundFederationOperations = {
  async EnableOutboundWebIdentityFederation(_input, context) {
    const settings = await settingsOf(context.store, context.account);
    const { outbound } = settings.value;
    if (outbound?.enabled) {
      throw awsError('FeatureEnabled', 'Outbound web identity federation is already enabled.');
    }
    const issuer = issuerOf(context);
    const keys = outbound?.keys ?? [await sealedKey('RS256', context), await sealedKey('ES384', context)];
    return change({ IssuerIdentifier: issuer }, [
      save(accounts, settings, { outbound: { issuer, keys, enabled: true } }),
    ]);
  },

  async DisableOutboundWebIdentityFederation(_input, { store, account }) {
    const settings = await settingsOf(store, account);
    const { outbound } = settings.value;
    if (!outbound?.enabled) throw disabled();
    return change({}, [save(accounts, settings, { outbound: { ...outbound, enabled: false } })]);
  },

  async GetOutboundWebIdentityFederationInfo(_input, { store, account }) {
    const { outbound } = (await settingsOf(store, account)).value;
    if (!outbound?.enabled) throw disabled();
    return { IssuerIdentifier: outbound.issuer, JwtVendingEnabled: true };
  },
} satisfies Handlers;

function disabled() {
  return awsError('FeatureDisabled', 'Outbound web identity federation is disabled.');
}
