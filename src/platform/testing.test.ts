import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as Iam from '@aws-sdk/client-iam';
import { ACTION_REFERENCE } from '../../tools/action-reference.ts';
import { collection } from '../store/collection.ts';
import { put } from '../store/operations.ts';
import { checkService } from './check-service.ts';
import { awsError, change, NO_PERMISSION_NEEDED, type Operations, service } from './service.ts';
import { testPlatform } from './testing.ts';

const USERS = collection<{ readonly name: string }>({ name: 'test-users' });

const users = {
  CreateUser: {
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:TagKeys', 'iam:PermissionsBoundary'],
    authorise: (input, context) => [
      {
        action: 'iam:CreateUser',
        resource: `arn:aws:iam::${context.account}:user/${input.UserName}`,
        context: { 'aws:TagKeys': (input.Tags ?? []).map(({ Key }) => Key) },
      },
    ],
    async handle(input, context) {
      const key = `${context.account}/${input.UserName.toLowerCase()}`;
      if (await context.store.get(USERS, key)) throw awsError('EntityAlreadyExists', 'It is there.');
      return change(
        {
          User: {
            Path: '/',
            UserName: input.UserName,
            UserId: context.ports.credentials.mintUniqueId('AIDA'),
            Arn: `arn:aws:iam::${context.account}:user/${input.UserName}`,
            CreateDate: context.now,
          },
        },
        [put(USERS, key, { name: input.UserName }, 'absent')],
      );
    },
  },
  GetAccountSummary: { authorise: NO_PERMISSION_NEEDED, handle: async () => ({ SummaryMap: { Users: 1 } }) },
  ListUsers: {
    authorise: () => [{ action: 'iam:GetUser', resource: '*' }],
    handle: async () => ({ Users: [] }),
  },
} satisfies Operations<typeof Iam>;

const iam = service<typeof Iam>({
  id: 'iam',
  global: true,
  load: () => import('@aws-sdk/client-iam'),
  operations: users,
});

const bedOf = () => testPlatform({ services: [iam], collections: [USERS] });
const ALLOW = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});

describe('a service on the platform', () => {
  test('answers, and the audit record is written with the effect', async () => {
    const bed = await bedOf();
    const { User } = await bed.call(iam, 'CreateUser', { UserName: 'alice' });
    assert.equal(User?.UserName, 'alice');
    const [record] = await bed.audit();
    assert.equal(record?.eventName, 'CreateUser');
    assert.deepEqual(record?.requestParameters, { userName: 'alice' });
    assert.match(JSON.stringify(record?.responseElements), /"userName":"alice"/);
    await bed.close();
  });

  test('refuses what the model forbids, all violations in one message', async () => {
    const bed = await bedOf();
    await assert.rejects(bed.call(iam, 'CreateUser', { UserName: '!', Path: 'x' }), {
      code: 'ValidationError',
      message: /^2 validation errors detected: Value '!' at 'userName' failed .*; Value 'x' at 'path' failed/,
    });
    await assert.rejects(bed.call(iam, 'CreateUser', {}), {
      message:
        "1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null",
    });
    await bed.close();
  });

  test('refuses whom no policy allows, and says which layer decided', async () => {
    const bed = await bedOf();
    const bob = bed.principal({ name: 'bob' });
    await assert.rejects(bed.call(iam, 'CreateUser', { UserName: 'carol' }, bob), {
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:iam::000012345678:user/bob is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::000012345678:user/carol because no identity-based policy allows the iam:CreateUser action',
    });
    const limited = bed.principal({
      name: 'eve',
      policies: [ALLOW('iam:*')],
      boundary: ALLOW('s3:*'),
    });
    await assert.rejects(
      bed.call(iam, 'CreateUser', { UserName: 'carol' }, limited),
      /because no permissions boundary allows/,
    );
    const denied = (await bed.audit()).at(-1);
    assert.equal(denied?.errorCode, 'AccessDenied');
    await bed.close();
  });

  test('runs a handler again when somebody else was faster', async () => {
    const bed = await bedOf();
    const both = await Promise.allSettled([
      bed.call(iam, 'CreateUser', { UserName: 'alice' }),
      bed.call(iam, 'CreateUser', { UserName: 'Alice' }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const refused = both.find((each) => each.status === 'rejected');
    assert.equal(refused?.reason.code, 'EntityAlreadyExists');
    await bed.close();
  });

  test('answers 501 for what is not built', async () => {
    const bed = await bedOf();
    await assert.rejects(bed.call(iam, 'DeleteUser', { UserName: 'x' }), { status: 501 });
    await bed.close();
  });

  test('does not let an operation ask for an action that it does not declare', async () => {
    const bed = await bedOf();
    await assert.rejects(bed.call(iam, 'ListUsers', {}), /does not declare/);
    await bed.close();
  });

  test('is checked against the service authorization reference', async () => {
    assert.deepEqual(await checkService(iam, ACTION_REFERENCE), []);
    const wrong = service<typeof Iam>({
      ...iam,
      operations: {
        GetUser: { ...users.ListUsers, actions: ['iam:GetUsr'], handle: async () => ({ User: undefined }) },
        ListUsers: { ...users.ListUsers, conditionKeys: ['iam:Nothing', 'aws:Nothing'] },
      },
    });
    assert.equal((await checkService(wrong, ACTION_REFERENCE)).length, 3);
  });
});
