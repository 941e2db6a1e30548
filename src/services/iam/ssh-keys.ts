import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change } from '../../platform/service.ts';
import { users } from './collections.ts';
import { NO_SUCH, overQuota } from './errors.ts';
import { type Found, save, userNamed, userOrCaller } from './find.ts';
import type { Handlers } from './handlers.ts';
import { pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { SshKey, UserRecord } from './records.ts';

const LEAST_BITS = 2_048;

/** An RSA key in the form of RFC 4253, section 6.6, or as PEM (RFC 7468). @throws AwsError. */
function readKey(body: string): KeyObject {
  const key = body.includes('-----BEGIN') ? fromPem(body) : fromSsh(body);
  if (key === undefined) {
    throw awsError('UnrecognizedPublicKeyEncoding', 'The public key encoding is not recognized.');
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS) {
    throw awsError('InvalidPublicKey', `The public key must be an RSA key of at least ${LEAST_BITS} bits.`);
  }
  return key;
}

function fromPem(body: string): KeyObject | undefined {
  try {
    return createPublicKey(body);
  } catch {
    return undefined;
  }
}

function fromSsh(body: string): KeyObject | undefined {
  const [kind, encoded] = body.trim().split(/\s+/);
  const [name, e, n] = fieldsOf(Buffer.from(encoded ?? '', 'base64'));
  if (kind !== 'ssh-rsa' || name?.toString() !== 'ssh-rsa' || e === undefined || n === undefined)
    return undefined;
  const jwk = { kty: 'RSA', e: unsigned(e).toString('base64url'), n: unsigned(n).toString('base64url') };
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The length-prefixed fields of an SSH key blob. */
function fieldsOf(blob: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length; ) {
    const length = blob.readUInt32BE(at);
    if (at + 4 + length > blob.length) return [];
    fields.push(blob.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function unsigned(integer: Buffer): Buffer {
  return integer[0] === 0 ? integer.subarray(1) : integer;
}

/** The blob that fingerprints are taken of. */
function blobOf(key: KeyObject): Buffer {
  const { e, n } = key.export({ format: 'jwk' });
  const integer = (text: string | undefined) => {
    const bytes = Buffer.from(text ?? '', 'base64url');
    return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  };
  return Buffer.concat(
    [Buffer.from('ssh-rsa'), integer(e), integer(n)].flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}

/** MD5 in pairs of hexadecimal digits, as `ssh-keygen -E md5 -l` prints it. */
function fingerprintOf(key: KeyObject): string {
  const digest = createHash('md5').update(blobOf(key)).digest('hex');
  return digest.match(/../g)?.join(':') ?? '';
}

function bodyIn(encoding: string, body: string): string {
  const key = readKey(body);
  if (encoding === 'PEM') return key.export({ type: 'spki', format: 'pem' }).toString();
  return body.startsWith('ssh-rsa ') ? body : `ssh-rsa ${blobOf(key).toString('base64')}`;
}

function shownKey(user: Found<UserRecord>, key: SshKey) {
  return {
    UserName: user.value.name,
    SSHPublicKeyId: key.id,
    Status: key.status,
    UploadDate: new Date(key.uploadedAt),
  };
}

async function userWithKey(context: CallContext, name: string, id: string) {
  const user = await userNamed(context, name);
  const key = user.value.sshKeys.find((each) => each.id === id);
  if (key === undefined) throw NO_SUCH.sshKey(id);
  return { user, key, others: user.value.sshKeys.filter((each) => each.id !== id) };
}

export const sshKeyOperations = {
  async UploadSSHPublicKey(input, context) {
    const user = await userNamed(context, input.UserName);
    const held = user.value.sshKeys;
    const fingerprint = fingerprintOf(readKey(input.SSHPublicKeyBody));
    if (held.some((key) => key.fingerprint === fingerprint)) {
      throw awsError('DuplicateSSHPublicKey', 'The SSH public key is already associated with the user.');
    }
    if (held.length >= QUOTAS.SSHPublicKeysPerUser) {
      throw overQuota('SSHPublicKeysPerUser', QUOTAS.SSHPublicKeysPerUser);
    }
    const key: SshKey = {
      id: context.ports.credentials.mintUniqueId('APKA'),
      body: input.SSHPublicKeyBody,
      fingerprint,
      status: 'Active',
      uploadedAt: context.now.getTime(),
    };
    const shown = { ...shownKey(user, key), Fingerprint: fingerprint, SSHPublicKeyBody: key.body };
    return change({ SSHPublicKey: shown }, [save(users, user, { sshKeys: [...held, key] })]);
  },

  async GetSSHPublicKey(input, context) {
    const { user, key } = await userWithKey(context, input.UserName, input.SSHPublicKeyId);
    const SSHPublicKeyBody = bodyIn(input.Encoding, key.body);
    return { SSHPublicKey: { ...shownKey(user, key), Fingerprint: key.fingerprint, SSHPublicKeyBody } };
  },

  async ListSSHPublicKeys(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const page = pageOf(user.value.sshKeys, (key) => key.id, input);
    return { SSHPublicKeys: page.items.map((key) => shownKey(user, key)), ...paging(page) };
  },

  async UpdateSSHPublicKey(input, context) {
    const { user, key, others } = await userWithKey(context, input.UserName, input.SSHPublicKeyId);
    const status = input.Status === 'Active' ? 'Active' : 'Inactive';
    return change({}, [save(users, user, { sshKeys: [...others, { ...key, status }] })]);
  },

  async DeleteSSHPublicKey(input, context) {
    const { user, others } = await userWithKey(context, input.UserName, input.SSHPublicKeyId);
    return change({}, [save(users, user, { sshKeys: others })]);
  },
} satisfies Handlers;
