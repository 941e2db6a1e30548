import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import type * as Sts from '@aws-sdk/client-sts';
import type { Store } from '../store/store.ts';
import { awsError } from '../wire/aws-error.ts';
import { incomingRequest } from '../wire/http/incoming.ts';
import { frontServer } from '../wire/http/server.ts';
import { frontDoor } from './front-door.ts';
import { NO_PERMISSION_NEEDED, type Operations, service } from './service.ts';
import { TEST_ACCOUNT, testPlatform } from './testing.ts';

const sts = service<typeof Sts>({
  id: 'sts',
  load: () => import('@aws-sdk/client-sts'),
  operations: {
    GetCallerIdentity: {
      authorise: NO_PERMISSION_NEEDED,
      async handle(_input, { caller }) {
        return { Account: caller.account, Arn: caller.arn, UserId: caller.userId };
      },
    },
    AssumeRole: {
      conditionKeys: ['sts:RoleSessionName'],
      authorise: (input) => [
        {
          action: 'sts:AssumeRole',
          resource: input.RoleArn,
          context: { 'sts:RoleSessionName': input.RoleSessionName },
        },
      ],
      async handle(input, context) {
        const issuedAt = context.now.getTime();
        const session = {
          kind: 'session',
          account: context.account,
          principalId: context.caller.userId,
        } as const;
        const expiresAt = issuedAt + (input.DurationSeconds ?? 3_600) * 1_000;
        const made = await context.ports.credentials.mintSession({
          ...session,
          name: '',
          issuedAt,
          expiresAt,
        });
        return {
          Credentials: {
            AccessKeyId: made.accessKeyId,
            SecretAccessKey: made.secretAccessKey,
            SessionToken: made.sessionToken,
            Expiration: made.expiration,
          },
        };
      },
    },
    AssumeRoleWithWebIdentity: {
      signature: 'none',
      authorise: NO_PERMISSION_NEEDED,
      async handle() {
        throw awsError('InvalidIdentityToken', 'Nobody vouches for this token.');
      },
    },
  } satisfies Operations<typeof Sts>,
});

async function openDoor() {
  const bed = await testPlatform({ services: [sts], start: new Date() });
  const alice = bed.principal({ name: 'alice' });
  const key = bed.key(alice);
  const door = frontDoor(bed.platform, TEST_ACCOUNT);
  const server = frontServer({ handle: door.handle, onDefect: assert.fail, limits: { bodyBytes: 100_000 } });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that fails before it closes the door would otherwise keep the process of all unit tests.
  server.unref();
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { STSClient } = await import('@aws-sdk/client-sts');
  const made: InstanceType<typeof STSClient>[] = [];
  return {
    bed,
    alice,
    endpoint,
    client(changes: object = {}, options: object = {}) {
      const credentials = { accessKeyId: key.accessKeyId, secretAccessKey: key.secret, ...changes };
      const client = new STSClient({
        region: 'us-east-1',
        endpoint,
        credentials,
        maxAttempts: 1,
        ...options,
      });
      made.push(client);
      return client;
    },
    async close() {
      for (const client of made) client.destroy();
      server.closeAllConnections();
      server.close();
      await door.close();
      await bed.close();
    },
  };
}

function authorizationOf(accessKeyId: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const credential = `Credential=${accessKeyId}/${day}/us-east-1/sts/aws4_request`;
  return `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}

describe('the front door', () => {
  test('lets whoever signed do what is allowed, and records it', async () => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const door = await openDoor();
    const answer = await door.client().send(new GetCallerIdentityCommand({}));
    assert.equal(answer.Arn, 'arn:aws:iam::000012345678:user/alice');
    assert.equal(answer.Account, TEST_ACCOUNT);
    assert.match(answer.$metadata.requestId ?? '', /^[0-9a-f-]{36}$/);
    const [record] = await door.bed.audit();
    assert.equal(record?.requestID, answer.$metadata.requestId);
    assert.match(JSON.stringify(record?.userIdentity), /"userName":"alice"/);
    await door.close();
  });

  test('gives each wrong credential the error that AWS gives', async () => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const door = await openDoor();
    const ask = (changes: object, options: object = {}) =>
      door.client(changes, options).send(new GetCallerIdentityCommand({}));
    await assert.rejects(ask({ secretAccessKey: 'wrong' }), { name: 'SignatureDoesNotMatch' });
    await assert.rejects(ask({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), { name: 'InvalidClientTokenId' });
    await assert.rejects(ask({ sessionToken: 'none' }), { name: 'InvalidClientTokenId' });
    await assert.rejects(ask({}, { systemClockOffset: 20 * 60_000 }), { name: 'SignatureDoesNotMatch' });
    const kinds = (await door.bed.audit()).map(({ errorCode }) => errorCode);
    assert.deepEqual(kinds, [
      'SignatureDoesNotMatch',
      'InvalidClientTokenId',
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
    ]);
    await door.close();
  });

  test('names an operation that it does not know, and the version that it was asked in', async () => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const door = await openDoor();
    const ask = async (from: string, to: string) => {
      const client = door.client();
      client.middlewareStack.add(
        (next) => async (step) => {
          const request = step.request as { body: string; headers: Record<string, string> };
          request.body = request.body.replace(from, to);
          request.headers['content-length'] = String(request.body.length);
          return next(step);
        },
        { step: 'build', priority: 'low' },
      );
      await client.send(new GetCallerIdentityCommand({}));
    };
    await assert.rejects(ask('GetCallerIdentity', 'GetNothing'), {
      name: 'InvalidAction',
      message: 'Could not find operation GetNothing for version 2011-06-15',
    });
    await assert.rejects(ask('2011-06-15', '2010-01-01'), {
      message: 'Could not find operation GetCallerIdentity for version 2010-01-01',
    });
    await assert.rejects(ask('Version=2011-06-15', ''), {
      message: 'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED',
    });
    await door.close();
  });

  test('reads a compressed form once its signature is believed', async () => {
    const { gzipSync } = await import('node:zlib');
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const door = await openDoor();
    const client = door.client();
    client.middlewareStack.add(
      (next) => async (step) => {
        const request = step.request as { body: Uint8Array | string; headers: Record<string, string> };
        request.body = gzipSync(Buffer.from(request.body));
        request.headers['content-encoding'] = 'gzip';
        request.headers['content-length'] = String(request.body.length);
        return next(step);
      },
      { step: 'build', priority: 'low' },
    );
    assert.equal((await client.send(new GetCallerIdentityCommand({}))).Account, TEST_ACCOUNT);
    await door.close();
  });

  test('counts what nobody signed, also where no signature is needed', async () => {
    const door = await openDoor();
    const form = new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::000012345678:role/r',
      RoleSessionName: 'me',
      WebIdentityToken: 'a.b.c.d',
    });
    const ask = async (body: URLSearchParams | string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await fetch(door.endpoint, { method: 'POST', headers, body });
      return [answer.status, /<Code>(\w+)/.exec(await answer.text())?.[1]];
    };
    assert.deepEqual(await ask(form), [400, 'InvalidIdentityToken']);
    for (let asked = 0; asked < 70; asked += 1) await ask(form);
    const records = await door.bed.audit();
    assert.equal(records.length, 60);
    assert.deepEqual(records[0]?.userIdentity, { type: 'Unknown' });
    await door.close();
  });

  test('believes a session token until it ends or the principal is gone', async () => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const door = await openDoor();
    const { mintSession } = (await door.bed.ports()).credentials;
    const issuedAt = door.bed.now().getTime();
    const session = {
      kind: 'session',
      account: TEST_ACCOUNT,
      principalId: door.alice.userId,
      name: '',
      issuedAt,
    } as const;
    const ask = async (expiresAt: number, changes: object = {}) => {
      const { accessKeyId, secretAccessKey, sessionToken } = await mintSession({
        ...session,
        expiresAt,
        ...changes,
      });
      assert.match(accessKeyId, /^HMSA/);
      return door
        .client({ accessKeyId, secretAccessKey, sessionToken })
        .send(new GetCallerIdentityCommand({}));
    };
    assert.equal((await ask(issuedAt + 60_000)).Arn, 'arn:aws:iam::000012345678:user/alice');
    await assert.rejects(ask(issuedAt - 1), { name: 'ExpiredToken' });
    await assert.rejects(ask(issuedAt + 60_000, { principalId: 'AIDAGONE' }), {
      name: 'InvalidClientTokenId',
    });
    await door.close();
  });

  test('refuses with an answer of the protocol and a request id, never with a stack trace', async () => {
    const { AssumeRoleCommand, GetSessionTokenCommand } = await import('@aws-sdk/client-sts');
    const door = await openDoor();
    const role = { RoleArn: 'arn:aws:iam::000012345678:role/r', RoleSessionName: 'me' };
    await assert.rejects(door.client().send(new AssumeRoleCommand(role)), {
      name: 'AccessDenied',
      message: /^User: arn:aws:iam::000012345678:user\/alice is not authorized to perform: sts:AssumeRole/,
    });
    await assert.rejects(door.client().send(new AssumeRoleCommand({ ...role, RoleSessionName: '!' })), {
      name: 'ValidationError',
    });
    await assert.rejects(door.client().send(new GetSessionTokenCommand({})), { name: 'NotImplemented' });
    const large = await fetch(door.endpoint, { method: 'POST', body: 'x'.repeat(200_000) });
    assert.equal(large.status, 413);
    assert.ok(large.headers.get('x-amzn-requestid'));
    const unsigned = await fetch(`${door.endpoint}/?Action=GetCallerIdentity`);
    assert.equal(unsigned.status, 403);
    assert.match(await unsigned.text(), /Missing Authentication Token/);
    await door.close();
  });

  test('counts who was refused while permissions could not be confirmed, and records it afterwards', async () => {
    const bed = await testPlatform({ services: [sts], start: new Date() });
    const unconfirmed = awsError('ServiceUnavailable', 'not confirmed', { status: 503 });
    let broken = true;
    const store: Store = {
      ...bed.platform.store,
      transact: (change) => (broken ? Promise.reject(unconfirmed) : bed.platform.store.transact(change)),
    };
    const ports = () => Promise.reject(unconfirmed);
    const door = frontDoor({ ...bed.platform, store, ports, portsAtHand: () => undefined }, TEST_ACCOUNT);
    const headers: [string, string][] = [
      ['host', 'sts.localhost'],
      ['x-amz-date', new Date().toISOString().replace(/[-:]|\.\d+/g, '')],
      ['authorization', authorizationOf('HMKAAAAAAAAAAAAAAAAA')],
    ];
    const body = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15');
    const request = incomingRequest(
      {
        method: 'POST',
        url: '/',
        rawHeaders: [...headers, ['content-type', 'application/x-www-form-urlencoded']].flat(),
        socket: { remoteAddress: '::ffff:127.0.0.1' },
      } as never,
      body,
    );
    assert.equal((await door.handle(request, 'one')).status, 503);
    assert.equal((await door.handle(request, 'two')).status, 503);
    await assert.rejects(door.close(), { code: 'ServiceUnavailable' });
    broken = false;
    await door.close();
    const [record, ...others] = await bed.audit();
    assert.equal(record?.errorCode, 'ServiceUnavailable');
    assert.equal(record?.sourceIPAddress, '127.0.0.1');
    assert.deepEqual(record?.additionalEventData, { aggregated: true, count: 2 });
    assert.deepEqual(others, []);
    await bed.close();
  });

  test('counts unsigned requests instead of recording each', async () => {
    const door = await openDoor();
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => fetch(door.endpoint).then((each) => each.text())));
    }
    assert.equal((await door.bed.audit()).length, 60);
    await door.close();
  });
});
