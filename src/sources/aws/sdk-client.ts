import { isIP } from 'node:net';
import { InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Output, SendCall } from './api.ts';
import { memoryKeeper } from './memory.ts';

export interface ClientOptions {
  /** A profile of the shared configuration files; without it the standard credential chain. */
  readonly profile?: string;
  /** An endpoint for every service, such as that of an emulator. */
  readonly endpoint?: string;
  /** Credentials of a role, instead of those of the chain. */
  readonly credentials?: () => Promise<RoleCredentials>;
}

/** What `AssumeRole` answers with. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration?: Date;
}

interface Client {
  readonly config: { readonly requestHandler: unknown; readonly region: () => Promise<string> };
  send(command: unknown): Promise<Output>;
}
type Constructor<T> = new (input: unknown) => T;
type ClientPackage = Readonly<Record<string, Constructor<unknown>>>;

/**
 * Sends calls through the official clients (`@aws-sdk/client-*`), each loaded when its service is first
 * called. They sign, find credentials and endpoints as every AWS tool does; repeating is left to the caller.
 *
 * @throws InputError `aws-client` when the package of a service is not installed.
 */
export function sdkSender(options: ClientOptions): SendCall {
  const clients = new Map<string, Promise<{ readonly client: Client; readonly commands: ClientPackage }>>();
  const tidy = memoryKeeper();
  let connections: Promise<unknown> | undefined;
  // All clients share the connections of the first one, which is that of STS: it speaks HTTP/1.1 as all services do.
  const shared = (region: string) => {
    connections ??= openClient('sts', region, options, undefined).then(
      ({ client }) => client.config.requestHandler,
    );
    return connections;
  };
  const open = (service: string, region: string) => {
    const key = `${service} ${region}`;
    const known = clients.get(key);
    if (known) return known;
    const opened = shared(region).then((handler) => openClient(service, region, options, handler));
    clients.set(key, opened);
    return opened;
  };
  return async ({ service, operation, region, input }) => {
    const { client, commands } = await open(service, region);
    const Command = commands[`${operation}Command`];
    if (!Command) throw new Error(`@aws-sdk/client-${service} has no ${operation}`);
    try {
      return await client.send(new Command(input));
    } finally {
      tidy();
    }
  };
}

/**
 * The region of the environment or of the profile in the shared configuration files, as the SDK finds it, or
 * undefined where neither names one (a profile that does not exist names none).
 */
export async function configuredRegion(options: ClientOptions): Promise<string | undefined> {
  const { client } = await openClient('sts', undefined, options, undefined);
  return client.config.region().catch(() => undefined);
}

async function openClient(
  service: string,
  region: string | undefined,
  options: ClientOptions,
  requestHandler: unknown,
) {
  refuseAddress(service, options.endpoint);
  const commands = await loadPackage(service);
  const [, Client] = Object.entries(commands).find(([name]) => /^[A-Z]\w*Client$/.test(name)) ?? [];
  if (!Client) throw new Error(`@aws-sdk/client-${service} has no client`);
  const client = new (Client as Constructor<Client>)({
    ...(region === undefined ? {} : { region }),
    maxAttempts: 1,
    // Buckets lie in regions of their own; other clients ignore this.
    followRegionRedirects: true,
    ...(requestHandler === undefined ? {} : { requestHandler }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint, forcePathStyle: true }),
  });
  return { client, commands };
}

/** This service puts the account's number before the host's name, which an address cannot take. */
const ACCOUNT_IN_HOST = 's3-control';

function refuseAddress(service: string, endpoint: string | undefined): void {
  if (service !== ACCOUNT_IN_HOST || endpoint === undefined) return;
  if (isIP(new URL(endpoint).hostname.replace(/^\[|\]$/g, '')) === 0) return;
  const error = new Error(`${service} needs an endpoint with a host name`);
  error.name = 'InvalidEndpoint';
  throw error;
}

async function loadPackage(service: string): Promise<ClientPackage> {
  const name = `@aws-sdk/client-${service}`;
  try {
    return (await import(name)) as ClientPackage;
  } catch (error) {
    throw new InputError(
      {
        code: 'aws-client',
        message: text(`${name} is not installed`, `${name} がインストールされていません`),
        remedy: text(`npm install ${name}`, `npm install ${name} を実行してください`),
      },
      { cause: error },
    );
  }
}
