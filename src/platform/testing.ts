import { randomUUID } from 'node:crypto';
import { compilePolicies, parsePolicyText } from '../iam/engine.ts';
import type { Keeper } from '../keeper/client/index.ts';
import type { Collection } from '../store/collection.ts';
import { openStore } from '../store/open.ts';
import { put } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import { LONG_TERM_PREFIX, newAccessKeyId, newSecret, newUniqueId } from './access-key-ids.ts';
import { ACCOUNTS } from './accounts.ts';
import type { Caller } from './caller.ts';
import type { RequestFacts } from './context.ts';
import { dispatch } from './dispatch.ts';
import type { AccessKey, IdentitySource, Principal } from './identity.ts';
import { signingNameOf } from './loaded-service.ts';
import { createPlatform, PLATFORM_COLLECTIONS, type Platform, type PortName } from './platform.ts';
import type { Ports } from './ports.ts';
import type { AnyService, InputOf, OperationName, OutputOf, Service } from './service.ts';
import { callerOfKey, callerOfSession, rootCaller, rootPrincipal } from './sign-in.ts';

/** The account of tests. */
export const TEST_ACCOUNT = '000012345678';
const START = Date.parse('2026-01-31T09:00:00Z');
const REQUEST: RequestFacts = {
  sourceIp: '192.0.2.10',
  userAgent: 'honmaru-test',
  secureTransport: true,
  host: 'localhost',
};

export interface TestOptions {
  readonly services: readonly AnyService[];
  /** The collections of the services, unless they are in `collections.ts` of the registry. */
  readonly collections?: readonly Collection<unknown>[];
  readonly region?: string;
  readonly keeper?: Keeper;
  /** As `PlatformOptions`. */
  readonly protectsKeys?: boolean;
  /** Where the clock of the test stands at first. */
  readonly start?: Date;
}

/** Input as a test writes it: what the handler is sure of may be left out, to see it refused. */
type Loose<T> = T extends Uint8Array | Date
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: unknown }
    : T;

function unsignedOf({ operations }: AnyService): readonly string[] {
  const all = Object.entries(operations as Readonly<Record<string, { readonly signature?: string }>>);
  return all.flatMap(([name, { signature }]) => (signature === 'none' ? [name] : []));
}

/** A platform on a store in memory, with the same path of a call as behind the socket. */
export interface TestBed {
  readonly store: Store;
  readonly platform: Platform;
  ports(): Promise<Ports>;
  readonly root: Caller;
  /** Calls an operation; as root of the account when nobody is named. @throws AwsError */
  call<M, Name extends OperationName<M>>(
    service: Service<M>,
    operation: Name,
    input: Loose<InputOf<M, Name>>,
    caller?: Caller,
    request?: Partial<RequestFacts>,
  ): Promise<OutputOf<M, Name>>;
  /** Whoever holds a key or a session token, as the front door finds it. @throws Error when nobody does */
  signIn(credentials: {
    readonly accessKeyId?: string | undefined;
    readonly sessionToken?: string | undefined;
  }): Promise<Caller>;
  /** A user made up on the spot, for services that are tested without the service `iam`. */
  principal(user: {
    readonly name: string;
    readonly policies?: readonly object[];
    readonly boundary?: object;
    readonly tags?: Readonly<Record<string, string>>;
    readonly account?: string;
  }): Caller;
  /** A long-term key of a made-up user (or of root). */
  key(caller: Caller): AccessKey;
  /** The audit records so far, oldest first. */
  audit(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Moves the clock. */
  advance(milliseconds: number): void;
  now(): Date;
  close(): Promise<void>;
}

/** Starts a platform with some services on a store that ends with the test. */
export async function testPlatform(options: TestOptions): Promise<TestBed> {
  const { services } = options;
  const store = await openStore(':memory:', {
    collections: [...PLATFORM_COLLECTIONS, ...(options.collections ?? [])],
  });
  let time = options.start?.getTime() ?? START;
  const now = () => new Date(time);
  const invented = new Map<string, Principal>();
  const keys = new Map<string, AccessKey>();
  const hasIdentity = services.some((each) => each.provides?.identity);
  const platform = createPlatform({
    store,
    rootKey: new Uint8Array(32).fill(7),
    region: options.region ?? 'us-east-1',
    ...(options.keeper && { keeper: options.keeper }),
    ...(options.protectsKeys !== undefined && { protectsKeys: options.protectsKeys }),
    now,
    strict: true,
    onDefect(error) {
      throw error;
    },
    services: services.map((each) => ({
      id: each.id,
      signingName: signingNameOf(each),
      provides: Object.keys(each.provides ?? {}) as PortName[],
      unsigned: unsignedOf(each),
      load: async () => each,
    })),
    ...(!hasIdentity && { identity: inventedIdentity(invented, keys) }),
  });
  const account = { name: 'test', email: 'test@example.com', created: now().toISOString() };
  await store.transact({
    operations: [
      put(ACCOUNTS, TEST_ACCOUNT, { ...account, id: TEST_ACCOUNT, status: 'ACTIVE', first: true }),
    ],
  });
  const root = rootCaller(TEST_ACCOUNT);

  return {
    store,
    platform,
    ports: () => platform.ports(),
    root,
    now,
    advance(milliseconds) {
      time += milliseconds;
    },
    async call(service, operation, input, caller = root, request = {}) {
      const loaded = await platform.service(service.id);
      if (!loaded) throw new Error(`the test bed has no service ${service.id}`);
      const outcome = await dispatch(platform, {
        service: loaded,
        operation,
        input,
        caller,
        ports: await platform.ports(),
        request: { ...REQUEST, ...request },
        requestId: randomUUID(),
        now: now(),
        region: loaded.definition.global ? 'us-east-1' : platform.region,
      });
      if ('error' in outcome) throw outcome.error;
      return outcome.output as never;
    },
    async signIn({ accessKeyId = '', sessionToken }) {
      const { identity } = await platform.ports();
      const session = sessionToken === undefined ? undefined : platform.sessions.open(sessionToken);
      const key = session ? undefined : await identity.accessKey(accessKeyId);
      const caller = session
        ? await callerOfSession(session, identity)
        : key?.active && (await callerOfKey(key, identity));
      if (!caller) throw new Error('nobody holds these credentials');
      return caller;
    },
    principal(user) {
      const principal = inventedUser(user);
      invented.set(`${principal.account}/${principal.id}`, principal);
      return {
        kind: 'user',
        arn: principal.arn,
        userId: principal.id,
        account: principal.account,
        accessKeyId: '',
        principal,
        session: undefined,
        policyCaller: { type: 'user', arn: principal.arn, id: principal.id },
      };
    },
    key({ account, userId }) {
      const minted = { accessKeyId: newAccessKeyId(LONG_TERM_PREFIX, account), secret: newSecret() };
      const key: AccessKey = { ...minted, active: true, account, principalId: userId };
      keys.set(key.accessKeyId, key);
      return key;
    },
    async audit() {
      return (await store.readEvents(undefined, 1_000))
        .filter(({ event }) => event['detail-type'] === 'AWS API Call via CloudTrail')
        .map(({ event }) => event.detail);
    },
    async close() {
      await platform.close();
      await store.close();
    },
  };
}

function inventedUser(user: Parameters<TestBed['principal']>[0]): Principal {
  const { name, policies = [], boundary, tags = {}, account = TEST_ACCOUNT } = user;
  const compiled = (documents: readonly object[]) =>
    compilePolicies(documents.map((each, index) => parsePolicyText(JSON.stringify(each), `inline:${index}`)));
  return {
    kind: 'user',
    account,
    id: newUniqueId('AIDA'),
    arn: `arn:aws:iam::${account}:user/${name}`,
    name,
    path: '/',
    tags,
    identity: compiled(policies),
    ...(boundary && { boundary: compiled([boundary]) }),
  };
}

function inventedIdentity(
  invented: ReadonlyMap<string, Principal>,
  keys: ReadonlyMap<string, AccessKey>,
): IdentitySource {
  return {
    accessKey: async (id) => keys.get(id),
    principal: async (account, id) =>
      account === id ? rootPrincipal(account) : invented.get(`${account}/${id}`),
    principalByArn: async (arn) => [...invented.values()].find((each) => each.arn === arn),
    managedPolicy: async () => undefined,
    identityProvider: async () => undefined,
    verifyMfa: async () => undefined,
  };
}
