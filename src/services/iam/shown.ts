import type { Group, User } from '@aws-sdk/client-iam';
import { arnOf, rootArn } from './names.ts';
import type { GroupRecord, UserRecord } from './records.ts';
import { shownTags } from './tags.ts';

/** A time of the usage records as answers show it: without fractions of a second. */
export function moment(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}

/** A user as every answer shows it. */
export function shownUser(user: UserRecord): User & { CreateDate: Date } {
  const isRoot = user.id === user.account;
  return {
    Path: user.path,
    // The root user has no friendly name in answers; the member is required, so AWS sends it empty.
    UserName: isRoot ? '' : user.name,
    UserId: user.id,
    Arn: isRoot ? rootArn(user.account) : arnOf('user', user),
    CreateDate: new Date(user.createdAt),
  };
}

/** With what only answers about one user show. */
export function shownUserWhole(user: UserRecord): User {
  return { ...shownUser(user), ...shownBoundary(user), ...shownTags(user.tags) };
}

export function shownBoundary({
  boundary,
}: {
  readonly boundary?: string;
}): Pick<User, 'PermissionsBoundary'> {
  if (boundary === undefined) return {};
  // The client's enum knows only `PermissionsBoundaryPolicy`; AWS answers `Policy`.
  const type = 'Policy' as 'PermissionsBoundaryPolicy';
  return { PermissionsBoundary: { PermissionsBoundaryType: type, PermissionsBoundaryArn: boundary } };
}

/** A group as every answer shows it. */
export function shownGroup(group: GroupRecord): Group {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: arnOf('group', group),
    CreateDate: new Date(group.createdAt),
  };
}
