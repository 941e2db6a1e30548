import { randomBytes } from 'node:crypto';
import type { CallContext } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { users } from './collections.ts';
import { invalidInput, NO_SUCH, notFound, overQuota } from './errors.ts';
import { type Found, save, userNamed, userOrCaller } from './find.ts';
import type { Handlers } from './handlers.ts';
import { everyRecord, pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { ServiceCredential, UserRecord } from './records.ts';

/** Services that a user may have a user name and password of their own for. */
const SERVICES = ['codecommit.amazonaws.com', 'cassandra.amazonaws.com'];
const DAY_MILLISECONDS = 86_400_000;

function metadata(user: Found<UserRecord>, credential: ServiceCredential) {
  return {
    UserName: user.value.name,
    Status: credential.status,
    ServiceUserName: credential.serviceUser,
    CreateDate: new Date(credential.createdAt),
    ServiceSpecificCredentialId: credential.id,
    ServiceName: credential.service,
    ...(credential.expiresAt === undefined ? {} : { ExpirationDate: new Date(credential.expiresAt) }),
  };
}

async function pick(context: CallContext, name: string | undefined, id: string) {
  const user = await userOrCaller(context, name);
  const held = user.value.serviceCredentials;
  const credential = held.find((each) => each.id === id);
  if (credential === undefined) throw NO_SUCH.serviceCredential(id);
  return { user, credential, others: held.filter((each) => each.id !== id) };
}

async function newPassword({ ports }: CallContext, id: string) {
  const plain = randomBytes(32).toString('base64');
  return { plain, sealed: await ports.seal.seal(plain, `iam/service-credential/${id}`) };
}

/** `alice-at-111122223333`, then `alice+1-at-111122223333`; services do not share their names. */
function serviceUserName(user: string, account: string, held: readonly ServiceCredential[]): string {
  const taken = new Set(held.map(({ serviceUser }) => serviceUser));
  for (let number = 0; ; number += 1) {
    const candidate = `${user}${number === 0 ? '' : `+${number}`}-at-${account}`;
    if (!taken.has(candidate)) return candidate;
  }
}

export const serviceCredentialOperations = {
  async CreateServiceSpecificCredential(input, context) {
    const user = await userNamed(context, input.UserName);
    const held = user.value.serviceCredentials;
    const service = input.ServiceName;
    if (!SERVICES.includes(service)) {
      throw notFound(`No such service ${service} is supported for Service Specific Credentials`);
    }
    const quota = 'ServiceSpecificCredentialsPerServicePerUser';
    const sameService = held.filter((each) => each.service === service);
    if (sameService.length >= QUOTAS[quota]) throw overQuota(quota, QUOTAS[quota]);
    const id = context.ports.credentials.mintUniqueId('ACCA');
    const password = await newPassword(context, id);
    const createdAt = context.now.getTime();
    const age = input.CredentialAgeDays;
    const credential: ServiceCredential = {
      id,
      service,
      serviceUser: serviceUserName(user.value.name, context.account, sameService),
      password: password.sealed,
      status: 'Active',
      createdAt,
      ...(age === undefined ? {} : { expiresAt: createdAt + age * DAY_MILLISECONDS }),
    };
    const ServiceSpecificCredential = { ...metadata(user, credential), ServicePassword: password.plain };
    return change({ ServiceSpecificCredential }, [
      save(users, user, { serviceCredentials: [...held, credential] }),
    ]);
  },

  async ListServiceSpecificCredentials(input, context) {
    const { store, account } = context;
    if (input.AllUsers === true && input.UserName !== undefined) {
      throw invalidInput('UserName cannot be specified when AllUsers is true.');
    }
    const owners =
      input.AllUsers === true
        ? await everyRecord(store, users, account)
        : [await userOrCaller(context, input.UserName)];
    const found = owners
      .flatMap((owner) => owner.value.serviceCredentials.map((credential) => ({ owner, credential })))
      .filter(
        ({ credential }) => input.ServiceName === undefined || credential.service === input.ServiceName,
      );
    const shown = (items: typeof found) => items.map(({ owner, credential }) => metadata(owner, credential));
    if (input.AllUsers !== true) return { ServiceSpecificCredentials: shown(found) };
    const page = pageOf(found, ({ credential }) => credential.id, input);
    return { ServiceSpecificCredentials: shown([...page.items]), ...paging(page) };
  },

  async UpdateServiceSpecificCredential(input, context) {
    const { user, credential, others } = await pick(
      context,
      input.UserName,
      input.ServiceSpecificCredentialId,
    );
    const status = input.Status === 'Active' ? 'Active' : 'Inactive';
    return change({}, [save(users, user, { serviceCredentials: [...others, { ...credential, status }] })]);
  },

  async ResetServiceSpecificCredential(input, context) {
    const { user, credential, others } = await pick(
      context,
      input.UserName,
      input.ServiceSpecificCredentialId,
    );
    const password = await newPassword(context, credential.id);
    const renewed = { ...credential, password: password.sealed };
    const ServiceSpecificCredential = { ...metadata(user, renewed), ServicePassword: password.plain };
    return change({ ServiceSpecificCredential }, [
      save(users, user, { serviceCredentials: [...others, renewed] }),
    ]);
  },

  async DeleteServiceSpecificCredential(input, context) {
    const { user, others } = await pick(context, input.UserName, input.ServiceSpecificCredentialId);
    return change({}, [save(users, user, { serviceCredentials: others })]);
  },
} satisfies Handlers;
