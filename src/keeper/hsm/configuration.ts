import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isPrivate } from '../client/private-file.ts';
import type { TokenPlace } from '../pkcs11/token.ts';

/** One hardware security module (or its software twin) as its operator described it. */
export interface Cluster extends TokenPlace {
  /** SHA-256 of the certificate that whoever makes a key store has to show, in hexadecimal. */
  readonly trustAnchor?: string;
  /** A file that holds the PIN of the token's user, for a seal that opens without anybody typing it. */
  readonly pinFile?: string;
  /** @throws ConfigurationError when it is not there, or others can read it. */
  readPin(): Buffer;
}

const NAME = 'hsm.json';
const SCHEMA = 'honmaru.hsm/1';
const MOST_BYTES = 64 * 1024;
const MOST_PIN = 1_024;
const PEM = /-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;

/** Something in the description that cannot be used. Its text is for the operator. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}

/** `hsm.json` beside the key file: outside of the data, so that a backup does not say where the keys are. */
export function hsmFile(keyFile: string): string {
  return join(dirname(keyFile), NAME);
}

/**
 * The cluster of an id (`cluster-…`); undefined when the description has none of that id, or there is no description.
 * It is read anew each time, so that a cluster can be added while the keeper runs.
 *
 * @throws ConfigurationError
 */
export function clusterOf(path: string, id: string): Cluster | undefined {
  const clusters = clustersIn(path);
  if (!Object.hasOwn(clusters, id)) return undefined;
  const { socket, token, trustAnchor, pinFile } = clusters[id] as Readonly<Record<string, unknown>>;
  if (typeof socket !== 'string' || !isAbsolute(socket) || typeof token !== 'string' || token === '') {
    throw new ConfigurationError(`${path}: ${id} needs "socket", an absolute path, and "token", a label`);
  }
  const [anchor, pin] = [trustAnchor, pinFile].map((each) => pathIn(path, each));
  return {
    socket,
    label: token,
    ...(anchor !== undefined && { trustAnchor: fingerprint(anchor) }),
    ...(pin !== undefined && { pinFile: pin }),
    readPin: () => pinIn(pin ?? ''),
  };
}

/** A path that is relative is so to the description. */
function pathIn(path: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    throw new ConfigurationError(`${path}: "trustAnchor" and "pinFile" are paths`);
  return resolve(dirname(path), value);
}

function pinIn(path: string): Buffer {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new ConfigurationError(`there is no PIN at ${path}`);
  if (!isPrivate(path, stats)) {
    throw new ConfigurationError(`${path} can be read by others: chmod 600 ${path}`);
  }
  return Buffer.from(
    readFileSync(path, 'utf8')
      .slice(0, MOST_PIN)
      .replace(/\r?\n$/, ''),
  );
}

function clustersIn(path: string): Readonly<Record<string, unknown>> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return {};
  const owners = [0, process.getuid?.() ?? stats.uid];
  const foreign = process.platform !== 'win32' && ((stats.mode & 0o022) !== 0 || !owners.includes(stats.uid));
  if (foreign) throw new ConfigurationError(`${path} can be changed by others: chmod 600 ${path}`);
  if (stats.size > MOST_BYTES) throw new ConfigurationError(`${path} is too long`);
  const { schema, clusters } = parsed(path) ?? {};
  if (schema !== SCHEMA || !isRecord(clusters) || !Object.values(clusters).every(isRecord)) {
    throw new ConfigurationError(`${path} has not the form of ${SCHEMA}`);
  }
  return clusters;
}

function parsed(path: string): { readonly schema?: unknown; readonly clusters?: unknown } | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRecord(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fingerprint(path: string): string {
  let content = '';
  try {
    content = readFileSync(path, 'latin1').slice(0, MOST_BYTES);
  } catch {
    throw new ConfigurationError(`there is no certificate at ${path}`);
  }
  const [, base64] = PEM.exec(content) ?? [];
  if (base64 === undefined) throw new ConfigurationError(`${path} holds no certificate (PEM)`);
  return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
}
