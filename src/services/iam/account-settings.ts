import type { StoreReader } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { accounts } from './collections.ts';
import { exists, notFound } from './errors.ts';
import { byId, type Found, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { pageOf, paging } from './paging.ts';
import type { AccountRecord, PasswordPolicy } from './records.ts';

/** The settings of an account, also before any was made. */
export async function settingsOf(store: StoreReader, account: string): Promise<Found<AccountRecord>> {
  const found = await byId(store, accounts, account);
  return found ?? { key: account, value: { account }, version: 'absent' };
}

const noPolicy = (account: string) =>
  notFound(`The Password Policy with domain name ${account} cannot be found.`);

export const accountSettingOperations = {
  async CreateAccountAlias(input, { store, account }) {
    const alias = input.AccountAlias;
    const holder = (await store.list(accounts, { index: 'alias', equals: alias, limit: 1 })).records[0];
    if (holder !== undefined) throw exists(`The account alias ${alias} already exists.`);
    return change({}, [save(accounts, await settingsOf(store, account), { alias })]);
  },

  async DeleteAccountAlias(input, { store, account }) {
    const settings = await settingsOf(store, account);
    const { alias, ...rest } = settings.value;
    if (alias !== input.AccountAlias) {
      throw notFound(`The account alias ${input.AccountAlias} cannot be found.`);
    }
    return change({}, [put(accounts, account, rest, settings.version)]);
  },

  async ListAccountAliases(input, { store, account }) {
    const { alias } = (await settingsOf(store, account)).value;
    const page = pageOf(alias === undefined ? [] : [alias], (each) => each, input);
    return { AccountAliases: [...page.items], ...paging(page) };
  },

  /** What a request leaves out goes back to its default. */
  async UpdateAccountPasswordPolicy(input, { store, account }) {
    const age = input.MaxPasswordAge;
    const reuse = input.PasswordReusePrevention;
    const passwordPolicy: PasswordPolicy = {
      MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
      RequireSymbols: input.RequireSymbols ?? false,
      RequireNumbers: input.RequireNumbers ?? false,
      RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
      RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
      AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
      ExpirePasswords: age !== undefined && age > 0,
      ...(age === undefined ? {} : { MaxPasswordAge: age }),
      ...(reuse === undefined ? {} : { PasswordReusePrevention: reuse }),
      ...(input.HardExpiry === undefined ? {} : { HardExpiry: input.HardExpiry }),
    };
    return change({}, [save(accounts, await settingsOf(store, account), { passwordPolicy })]);
  },

  async GetAccountPasswordPolicy(_input, { store, account }) {
    const { passwordPolicy } = (await settingsOf(store, account)).value;
    if (passwordPolicy === undefined) throw noPolicy(account);
    return { PasswordPolicy: { ...passwordPolicy } };
  },

  async DeleteAccountPasswordPolicy(_input, { store, account }) {
    const settings = await settingsOf(store, account);
    const { passwordPolicy, ...rest } = settings.value;
    if (passwordPolicy === undefined) throw noPolicy(account);
    return change({}, [put(accounts, account, rest, settings.version)]);
  },

  async SetSecurityTokenServicePreferences(input, { store, account }) {
    const tokenVersion = input.GlobalEndpointTokenVersion === 'v1Token' ? 'v1Token' : 'v2Token';
    return change({}, [save(accounts, await settingsOf(store, account), { tokenVersion })]);
  },
} satisfies Handlers;
