import type { CallContext } from '../../platform/context.ts';
import { awsError, change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { accounts, users } from './collections.ts';
import { exists, NO_SUCH, validationError } from './errors.ts';
import { byId, type Found, save, userNamed, userOrCaller } from './find.ts';
import type { Handlers } from './handlers.ts';
import { demandPassword, hashPassword, isPassword } from './passwords.ts';
import type { LoginProfile, PasswordPolicy, UserRecord } from './records.ts';

/** Most former passwords that a policy can ask to be remembered. */
const MOST_REMEMBERED = 24;

async function policyIn({ store, account }: CallContext): Promise<PasswordPolicy | undefined> {
  return (await byId(store, accounts, account))?.value.passwordPolicy;
}

function shown(user: Found<UserRecord>, login: LoginProfile) {
  return {
    UserName: user.value.name,
    CreateDate: new Date(login.createdAt),
    PasswordResetRequired: login.resetRequired,
  };
}

function loginOf(user: Found<UserRecord>): LoginProfile {
  if (user.value.login === undefined) throw NO_SUCH.loginProfile(user.value.name);
  return user.value.login;
}

/** The profile with another password. @throws AwsError PasswordPolicyViolation. */
async function withPassword(
  login: LoginProfile,
  password: string,
  policy: PasswordPolicy | undefined,
  now: number,
): Promise<LoginProfile> {
  demandPassword(password, policy);
  const remembered = policy?.PasswordReusePrevention ?? 0;
  const former = [login.hash, ...login.earlier];
  for (const hash of former.slice(0, remembered)) {
    if (await isPassword(password, hash)) {
      throw awsError(
        'PasswordPolicyViolation',
        `Password cannot be the same as any of the last ${remembered} passwords`,
      );
    }
  }
  const hash = await hashPassword(password);
  return { ...login, hash, earlier: former.slice(0, MOST_REMEMBERED), changedAt: now };
}

/** Whether users may change their own passwords without a policy that says so. */
export async function mayChangeOwnPassword(context: CallContext): Promise<boolean> {
  return context.caller.kind === 'user' && (await policyIn(context))?.AllowUsersToChangePassword === true;
}

export const loginProfileOperations = {
  async CreateLoginProfile(input, context) {
    const user = await userOrCaller(context, input.UserName);
    if (user.value.login !== undefined) {
      throw exists(`Login Profile for user ${user.value.name} already exists.`);
    }
    if (input.Password === undefined)
      throw validationError('Password is required to create a login profile.');
    demandPassword(input.Password, await policyIn(context));
    const now = context.now.getTime();
    const login: LoginProfile = {
      hash: await hashPassword(input.Password),
      earlier: [],
      createdAt: now,
      changedAt: now,
      resetRequired: input.PasswordResetRequired ?? false,
    };
    return change({ LoginProfile: shown(user, login) }, [save(users, user, { login })]);
  },

  async GetLoginProfile(input, context) {
    const user = await userOrCaller(context, input.UserName);
    return { LoginProfile: shown(user, loginOf(user)) };
  },

  async UpdateLoginProfile(input, context) {
    const user = await userNamed(context, input.UserName);
    let login = loginOf(user);
    if (input.Password !== undefined) {
      login = await withPassword(login, input.Password, await policyIn(context), context.now.getTime());
    }
    const resetRequired = input.PasswordResetRequired ?? login.resetRequired;
    return change({}, [save(users, user, { login: { ...login, resetRequired } })]);
  },

  async DeleteLoginProfile(input, context) {
    const user = await userOrCaller(context, input.UserName);
    loginOf(user);
    const { login: _gone, ...rest } = user.value;
    return change({}, [put(users, user.key, rest, user.version)]);
  },

  async ChangePassword(input, context) {
    if (context.caller.kind !== 'user') {
      throw awsError('InvalidUserType', 'Only IAM Users can change their own password');
    }
    const user = await userOrCaller(context, undefined);
    const login = loginOf(user);
    if (!(await isPassword(input.OldPassword, login.hash))) {
      throw awsError('AccessDenied', 'The old password was incorrect.', { status: 403 });
    }
    const renewed = await withPassword(
      login,
      input.NewPassword,
      await policyIn(context),
      context.now.getTime(),
    );
    return change({}, [save(users, user, { login: { ...renewed, resetRequired: false } })]);
  },
} satisfies Handlers;
