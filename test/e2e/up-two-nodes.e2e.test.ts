import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { startPostgres } from '../../src/store/testing/postgres-server.ts';
import { inFolder } from './program.ts';
import { type AdminKey, setUp, startNode } from './up-node.ts';

const server = await startPostgres();
const READ_ONLY = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';

function clientOf(endpoint: string, credentials: AdminKey): IAMClient {
  return new IAMClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
}

/** How a request ends: `ok`, or the name of the error. */
function outcome(client: IAMClient): Promise<string> {
  const abortSignal = AbortSignal.timeout(1_500);
  return client.send(new GetUserCommand({ UserName: 'bob' }), { abortSignal }).then(
    () => 'ok',
    (error: Error) => error.name,
  );
}

/** Milliseconds until a node answers so. */
async function untilAnswered(client: IAMClient, wanted: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await outcome(client);
    const took = performance.now() - began;
    if (answer === wanted) return took;
    assert.ok(took < 5_000, `still ${answer} after five seconds`);
  }
}

/** Load of the test that kills a node: writers at each node, and the writes of each. */
const WRITERS = 16;
const ROUNDS = 12;
const KILL_AFTER = 64;

async function userNames(client: IAMClient): Promise<ReadonlySet<string>> {
  const { Users, IsTruncated } = await client.send(new ListUsersCommand({ MaxItems: 1_000 }));
  assert.ok(!IsTruncated);
  return new Set((Users ?? []).map(({ UserName }) => UserName ?? ''));
}

/** A wire between a node and the database that can be cut without either side hearing of it. */
async function cuttable(
  folder: string,
  database: string,
): Promise<{ url: string; cut(): void; server: Server }> {
  const { searchParams, pathname } = new URL(database);
  const target = join(searchParams.get('host') ?? '', '.s.PGSQL.5432');
  const sockets = new Set<Socket>();
  let isCut = false;
  const wire = createServer((near) => {
    const far = createConnection(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.on('data', (chunk) => {
        if (!isCut) to.write(chunk);
      });
    }
  });
  const path = join(folder, '.s.PGSQL.5432');
  await new Promise<void>((resolve) => wire.listen(path, resolve));
  return {
    server: wire,
    url: `postgres://honmaru@localhost${pathname}?host=${encodeURIComponent(folder)}`,
    cut() {
      isCut = true;
    },
  };
}

if ('missing' in server) {
  test('two nodes on one PostgreSQL', { skip: `NOT TESTED, missing: ${server.missing}` }, () => {});
} else {
  after(() => server.dispose());

  describe('two nodes on one PostgreSQL', () => {
    test('serve one account: a change on one is in force on the other within a second', async () => {
      await inFolder(async (folder) => {
        const database = ['--database', await server.createDatabase()];
        const one = await startNode(folder, database);
        const other = await startNode(folder, database);
        try {
          const key = setUp(folder, database);
          const admin = clientOf(one.endpoint, key);
          await admin.send(new CreateUserCommand({ UserName: 'bob' }));
          const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName: 'bob' }));
          const bobs = {
            accessKeyId: AccessKey?.AccessKeyId ?? '',
            secretAccessKey: AccessKey?.SecretAccessKey ?? '',
          };
          const bob = clientOf(other.endpoint, bobs);
          assert.equal(
            await outcome(clientOf(other.endpoint, key)),
            'ok',
            'the key of one works on the other',
          );
          assert.equal(await outcome(bob), 'AccessDenied');
          const policy = { UserName: 'bob', PolicyArn: READ_ONLY };
          for (let round = 0; round < 5; round += 1) {
            await admin.send(new AttachUserPolicyCommand(policy));
            assert.equal(await outcome(clientOf(one.endpoint, bobs)), 'ok', 'in force for the next request');
            assert.ok((await untilAnswered(bob, 'ok')) < 1_000);
            await admin.send(new DetachUserPolicyCommand(policy));
            assert.equal(await outcome(clientOf(one.endpoint, bobs)), 'AccessDenied');
            assert.ok((await untilAnswered(bob, 'AccessDenied')) < 1_000);
          }
          await admin.send(
            new DeleteAccessKeyCommand({ UserName: 'bob', AccessKeyId: AccessKey?.AccessKeyId ?? '' }),
          );
          assert.ok((await untilAnswered(bob, 'InvalidClientTokenId')) < 1_000);
        } finally {
          await Promise.all([one.stop(), other.stop()]);
        }
      });
    });

    test('believe the sessions of each other, and end them together', async () => {
      await inFolder(async (folder) => {
        const database = ['--database', await server.createDatabase()];
        const one = await startNode(folder, database);
        const other = await startNode(folder, database);
        try {
          const key = setUp(folder, database);
          const admin = clientOf(one.endpoint, key);
          const { User } = await admin.send(new CreateUserCommand({ UserName: 'bob' }));
          await admin.send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn: READ_ONLY }));
          const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName: 'bob' }));
          const sts = new STSClient({
            region: 'us-east-1',
            endpoint: one.endpoint,
            credentials: {
              accessKeyId: AccessKey?.AccessKeyId ?? '',
              secretAccessKey: AccessKey?.SecretAccessKey ?? '',
            },
          });
          const { Credentials } = await sts.send(new GetSessionTokenCommand({}));
          const credentials = {
            accessKeyId: Credentials?.AccessKeyId ?? '',
            secretAccessKey: Credentials?.SecretAccessKey ?? '',
            sessionToken: Credentials?.SessionToken ?? '',
          };
          for (const { endpoint } of [one, other]) {
            const session = new STSClient({ region: 'us-east-1', endpoint, credentials });
            assert.equal((await session.send(new GetCallerIdentityCommand({}))).Arn, User?.Arn);
          }
          const there = new STSClient({
            region: 'us-east-1',
            endpoint: other.endpoint,
            credentials,
            maxAttempts: 1,
          });
          await admin.send(
            new DeleteAccessKeyCommand({ UserName: 'bob', AccessKeyId: AccessKey?.AccessKeyId ?? '' }),
          );
          await admin.send(new DetachUserPolicyCommand({ UserName: 'bob', PolicyArn: READ_ONLY }));
          await admin.send(new DeleteUserCommand({ UserName: 'bob' }));
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          await assert.rejects(there.send(new GetCallerIdentityCommand({})), {
            name: 'InvalidClientTokenId',
          });
        } finally {
          await Promise.all([one.stop(), other.stop()]);
        }
      });
    });

    test('one that is killed under load costs only the requests in flight on it', async () => {
      await inFolder(async (folder) => {
        const database = ['--database', await server.createDatabase()];
        const one = await startNode(folder, database);
        const other = await startNode(folder, database);
        try {
          const key = setUp(folder, database);
          const doomed = clientOf(one.endpoint, key);
          const left = clientOf(other.endpoint, key);
          const acknowledged: string[] = [];
          let killed = false;
          const write = async (client: IAMClient, UserName: string) => {
            await client.send(new CreateUserCommand({ UserName }));
            acknowledged.push(UserName);
          };
          /** Writes to the node that will be killed; goes on at the other one, and answers what it lost. */
          const moving = async (writer: number): Promise<number> => {
            let client = doomed;
            let lost = 0;
            for (let round = 0; round < ROUNDS; round += 1) {
              await write(client, `doomed-${writer}-${round}`).catch((error: Error) => {
                if (client === left) throw error;
                client = left;
                lost += 1;
              });
              if (acknowledged.length >= KILL_AFTER && !killed) {
                killed = true;
                one.crash();
              }
            }
            assert.equal(client, left, 'the node was killed while this writer used it');
            return lost;
          };
          const staying = async (writer: number) => {
            for (let round = 0; round < ROUNDS; round += 1) await write(left, `left-${writer}-${round}`);
          };
          const writers = Array.from({ length: WRITERS }, (_, index) => index);
          const [lost] = await Promise.all([
            Promise.all(writers.map(moving)),
            Promise.all(writers.map(staying)),
          ]);
          assert.deepEqual(
            lost,
            writers.map(() => 1),
          );
          const users = await userNames(left);
          const missing = acknowledged.filter((name) => !users.has(name));
          assert.deepEqual(missing, [], 'what was acknowledged is there');
          assert.ok(acknowledged.length >= 2 * WRITERS * ROUNDS - WRITERS);
        } finally {
          await Promise.all([one.stop(), other.stop()]);
        }
      });
    });

    test('one that cannot confirm the permissions in force refuses', async () => {
      await inFolder(async (folder) => {
        const database = await server.createDatabase();
        const wire = await cuttable(folder, database);
        const node = await startNode(folder, ['--database', wire.url]);
        try {
          const key = setUp(folder, ['--database', database]);
          const admin = clientOf(node.endpoint, key);
          await admin.send(new CreateUserCommand({ UserName: 'bob' }));
          assert.equal(await outcome(admin), 'ok');
          wire.cut();
          const began = performance.now();
          let answer = '';
          while (answer !== 'ServiceUnavailable') {
            const asked = performance.now() - began;
            answer = await outcome(admin);
            assert.ok(
              answer !== 'ok' || asked < 1_000,
              `still believed ${Math.round(asked)} ms after the cut`,
            );
            assert.ok(asked < 4_000, `no refusal ${Math.round(asked)} ms after the cut`);
          }
          assert.equal(await outcome(admin), 'ServiceUnavailable');
        } finally {
          node.crash();
          wire.server.close();
          rmSync(join(folder, '.s.PGSQL.5432'), { force: true });
        }
      });
    });
  });
}
