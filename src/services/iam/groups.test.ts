import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withIam } from './testing.ts';

describe('groups', () => {
  test('are made, renamed, listed and deleted when they are empty', () =>
    withIam(async ({ iam }) => {
      const { Group } = await iam('CreateGroup', { GroupName: 'Staff', Path: '/hr/' });
      assert.match(Group?.GroupId ?? '', /^AGPA/);
      await assert.rejects(iam('CreateGroup', { GroupName: 'staff' }), {
        message: 'Group with name staff already exists.',
      });
      await iam('UpdateGroup', { GroupName: 'Staff', NewGroupName: 'people', NewPath: '/' });
      const { Groups } = await iam('ListGroups');
      assert.deepEqual(
        Groups?.map(({ Arn }) => Arn),
        ['arn:aws:iam::000012345678:group/people'],
      );
      await iam('CreateUser', { UserName: 'alice' });
      await iam('AddUserToGroup', { GroupName: 'people', UserName: 'alice' });
      await assert.rejects(iam('DeleteGroup', { GroupName: 'people' }), {
        code: 'DeleteConflict',
        message: 'Cannot delete entity, must remove users from group first.',
      });
      await iam('RemoveUserFromGroup', { GroupName: 'people', UserName: 'alice' });
      await iam('DeleteGroup', { GroupName: 'people' });
      await assert.rejects(iam('GetGroup', { GroupName: 'people' }), {
        message: 'The group with name people cannot be found.',
      });
    }));

  test('a user is in ten at most', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'alice' });
      for (let count = 0; count < 11; count += 1) await iam('CreateGroup', { GroupName: `g${count}` });
      for (let count = 0; count < 10; count += 1) {
        await iam('AddUserToGroup', { GroupName: `g${count}`, UserName: 'alice' });
      }
      await assert.rejects(iam('AddUserToGroup', { GroupName: 'g10', UserName: 'alice' }), {
        message: 'Cannot exceed quota for GroupsPerUser: 10',
      });
    }));
});
