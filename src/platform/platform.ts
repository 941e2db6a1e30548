import { type Keeper, KeeperError, keeperOver } from '../keeper/client/index.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { ACCOUNTS } from './accounts.ts';
import { auditLog } from './audit-log.ts';
import { type Dependents, dependents } from './dependents.ts';
import type { DispatchHost } from './dispatch.ts';
import { FACTS } from './facts.ts';
import type { IdentitySource, OrganizationSource } from './identity.ts';
import { identityCache } from './identity-cache.ts';
import { IDENTITY_TOPIC, IDENTITY_VERSION, type IdentityLease, identityLease } from './identity-version.ts';
import { type LoadedService, loadService } from './loaded-service.ts';
import { NODES } from './nodes.ts';
import type { OperatorSettings, Ports, SealPort } from './ports.ts';
import { sealPort } from './seal.ts';
import type { AnyService, ServiceHost } from './service.ts';
import { type SessionKeys, sessionKeys } from './sessions.ts';
import { KEY_USES, SERVICE_USES, type UsageRecorder, usageRecorder } from './usage.ts';

/** The collections of the platform itself; the store is opened with them and those of the services. */
export const PLATFORM_COLLECTIONS: readonly Collection<unknown>[] = [
  ACCOUNTS,
  FACTS,
  IDENTITY_VERSION,
  KEY_USES,
  NODES,
  SERVICE_USES,
];

export type PortName = 'identity' | 'organization';

/** What is known of a service before it is loaded. */
export interface ServiceEntry {
  readonly id: string;
  readonly signingName: string;
  readonly provides: readonly PortName[];
  /** The operations that are called without a signature. */
  readonly unsigned: readonly string[];
  load(): Promise<AnyService>;
}

export interface PlatformOptions {
  readonly store: Store;
  /** 32 bytes. */
  readonly rootKey: Uint8Array;
  readonly services: readonly ServiceEntry[];
  readonly region: string;
  readonly now?: () => Date;
  /** Milliseconds that never go back. */
  readonly monotonic?: () => number;
  readonly onDefect: (error: unknown) => void;
  readonly strict?: boolean;
  /** The process that holds key material; without one nothing can be encrypted. */
  readonly keeper?: Keeper;
  /** Refuses to lose keys that the assessed environment depends on. */
  readonly protectsKeys?: boolean;
  readonly settings?: OperatorSettings;
  /** In tests without the service `iam`. */
  readonly identity?: IdentitySource;
}

/** Everything that calls run on. */
export interface Platform extends DispatchHost {
  readonly services: readonly ServiceEntry[];
  readonly sessions: SessionKeys;
  readonly usage: UsageRecorder;
  readonly seal: SealPort;
  readonly lease: IdentityLease;
  readonly dependents: Dependents;
  now(): Date;
  /** The service with its SDK client, loaded once; undefined when there is none of this id. */
  service(id: string): Promise<LoadedService> | undefined;
  /** The same once it is loaded. */
  serviceAtHand(id: string): LoadedService | undefined;
  /** Ports with the identities in force. @throws AwsError 503 when they cannot be confirmed. */
  ports(): Promise<Ports>;
  /** The same when they are confirmed already; undefined when they have to be asked for. */
  portsAtHand(): Ports | undefined;
  /** Starts the background work of all services. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Puts the platform together. Services are loaded at their first use. */
export function createPlatform(options: PlatformOptions): Platform {
  const { store, rootKey, services, region } = options;
  const now = options.now ?? (() => new Date());
  const lease = identityLease(store, options.monotonic ?? (() => performance.now()));
  const sessions = sessionKeys(rootKey);
  const usage = usageRecorder(store);
  const keeper = options.keeper ?? keeperOver(noKeeper);
  const seal = sealPort(rootKey);
  const settings = options.settings ?? { issuerNetworks: [] };
  const depending = dependents(options.protectsKeys ?? false);
  const endListening = store.onAnnouncement((topic) => {
    if (topic === '' || topic === IDENTITY_TOPIC) lease.doubt();
  });
  const loaded = new Map<string, Promise<LoadedService>>();
  const definitions = new Map<string, Promise<AnyService>>();
  const atHand = new Map<string, LoadedService>();
  const endings: (() => Promise<void>)[] = [];
  const cache = identityCache(
    options.identity ?? lazyIdentity(() => provided('identity')),
    lazyOrganization(() => provided('organization')),
  );

  function definition(entry: ServiceEntry): Promise<AnyService> {
    return once(definitions, entry.id, () => entry.load());
  }

  async function load(entry: ServiceEntry): Promise<LoadedService> {
    const service = await loadService(await definition(entry));
    atHand.set(entry.id, service);
    return service;
  }

  /** What the service that provides a port made of it; undefined when there is no such service. */
  async function provided<Name extends PortName>(name: Name): Promise<Provided[Name] | undefined> {
    const entry = services.find((each) => each.provides.includes(name));
    if (!entry) return undefined;
    const { provides } = await definition(entry);
    if (made[name] === undefined) made[name] = provides?.[name]?.(host) as (typeof made)[Name];
    return made[name] as Provided[Name] | undefined;
  }

  const made: { -readonly [Name in PortName]?: Provided[Name] | undefined } = {};

  let current: Ports | undefined;

  async function ports(): Promise<Ports> {
    return portsOf(await lease.confirmed());
  }

  function portsAtHand(): Ports | undefined {
    const confirmed = lease.confirmed();
    if (typeof confirmed === 'number') return portsOf(confirmed);
    // Whoever waits for them asks again, and hears then why they cannot be confirmed.
    confirmed.catch(() => undefined);
    return undefined;
  }

  function portsOf(version: number): Ports {
    const sources = cache.at(version);
    if (current?.identity !== sources.identity) {
      const { port: credentials } = sessions;
      current = { ...sources, credentials, seal, usage: usage.port, keeper, dependents: depending, settings };
    }
    return current;
  }

  const host: ServiceHost = {
    store,
    region,
    now,
    ports: {
      identity: lazyIdentity(async () => (await ports()).identity),
      organization: lazyOrganization(async () => (await ports()).organization),
      credentials: sessions.port,
      seal,
      usage: usage.port,
      keeper,
      dependents: depending,
      settings,
    },
  };

  return {
    store,
    audit: auditLog(store),
    region,
    services,
    sessions,
    usage,
    seal,
    lease,
    dependents: depending,
    now,
    ports,
    portsAtHand,
    onDefect: options.onDefect,
    ...(options.strict !== undefined && { strict: options.strict }),
    service(id) {
      const entry = services.find((each) => each.id === id);
      return entry && once(loaded, id, () => load(entry));
    },
    serviceAtHand: (id) => atHand.get(id),
    async start() {
      for (const entry of services) {
        const { start } = await definition(entry);
        if (start) endings.push(start(host));
      }
    },
    async close() {
      endListening();
      for (const end of endings.splice(0)) await end();
      await usage.close();
    },
  };
}

async function noKeeper(): Promise<never> {
  throw new KeeperError('unreachable', 'this process was started without a keeper');
}

interface Provided {
  readonly identity: IdentitySource;
  readonly organization: OrganizationSource;
}

function once<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const before = kept.get(key);
  if (before) return before;
  const making = make();
  kept.set(key, making);
  making.catch(() => kept.delete(key));
  return making;
}

/** Asks a source that is known only when it is asked; without one nobody is known. */
function lazyIdentity(source: () => Promise<IdentitySource | undefined>): IdentitySource {
  return {
    accessKey: async (id) => (await source())?.accessKey(id),
    principal: async (account, id) => (await source())?.principal(account, id),
    principalByArn: async (arn) => (await source())?.principalByArn(arn),
    managedPolicy: async (arn, account) => (await source())?.managedPolicy(arn, account),
    identityProvider: async (arn) => (await source())?.identityProvider(arn),
    tokenIssuer: async (account) => (await source())?.tokenIssuer?.(account),
    rootFeatures: async (...parts) => (await (await source())?.rootFeatures?.(...parts)) ?? [],
    verifyMfa: async (...parts) => (await source())?.verifyMfa(...parts),
    administratorRole: async (...parts) => (await (await source())?.administratorRole?.(...parts)) ?? [],
  };
}

function lazyOrganization(source: () => Promise<OrganizationSource | undefined>): OrganizationSource {
  return {
    of: async (account) => (await source())?.of(account),
    reach: async (...parts) => (await source())?.reach?.(...parts),
  };
}
