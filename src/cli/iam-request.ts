import { readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import {
  type Access,
  type AccessRequest,
  type Caller,
  type ContextValue,
  compilePolicies,
  IAM_LIMITS,
  openText,
  type PolicyProgram,
  parsePolicy,
} from '../iam/index.ts';
import { InputError, UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Invocation, Terminal } from './command.ts';

/** Reads a policy file within the bounds of a policy. */
export function readPolicyFile(path: string, terminal: Terminal): { path: string; text: string } {
  const absolute = resolve(terminal.cwd, path);
  const shown = relative(terminal.cwd, absolute) || path;
  const size = statSync(absolute, { throwIfNoEntry: false })?.size;
  if (size === undefined || size > IAM_LIMITS.documentCharacters * 4) {
    throw new InputError({
      code: size === undefined ? 'no-file' : 'policy-size',
      message:
        size === undefined
          ? text(`there is no file ${shown}`, `${shown} というファイルはありません`)
          : text(`${shown} is larger than any policy`, `${shown} はポリシーとして大きすぎます`),
    });
  }
  return { path: shown, text: readFileSync(absolute, 'utf8') };
}

/** The layers that the options name. */
export function accessFrom(invocation: Invocation, terminal: Terminal): Access {
  const programs = (name: string): PolicyProgram | undefined => {
    const paths = invocation.options(name);
    return paths.length === 0
      ? undefined
      : compilePolicies(paths.map((path) => parsePolicy(readPolicyFile(path, terminal))));
  };
  const levels = (name: string): readonly PolicyProgram[] | undefined => {
    const paths = invocation.options(name);
    return paths.length === 0
      ? undefined
      : paths.map((path) => compilePolicies([parsePolicy(readPolicyFile(path, terminal))]));
  };
  const layers = {
    identity: programs('policy'),
    boundary: programs('boundary'),
    session: programs('session-policy'),
    resource: programs('resource-policy'),
    endpoint: programs('endpoint-policy'),
    serviceControl: levels('scp'),
    resourceControl: levels('rcp'),
  };
  return Object.fromEntries(Object.entries(layers).filter(([, value]) => value !== undefined)) as Access;
}

/** The request that the options describe; an owner that is not said is the caller's account. */
export function requestFrom(invocation: Invocation): AccessRequest {
  const principal = callerFrom(required(invocation, 'principal'));
  const resource = invocation.option('resource') ?? '*';
  const owner = writtenOwner(invocation) ?? assumedOwner(invocation);
  return {
    principal,
    action: required(invocation, 'action'),
    resource,
    ...(owner ? { resourceAccount: owner } : {}),
    context: contextFrom(invocation.options('context')),
    otherKeys: invocation.flag('open-context') ? 'unknown' : 'absent',
  };
}

/** The owner that is said: by `--resource-account`, which goes first, or by the ARN. */
function writtenOwner(invocation: Invocation): string | undefined {
  return invocation.option('resource-account') ?? (invocation.option('resource')?.split(':')[4] || undefined);
}

/** The account that is taken for the owner because nobody said: the caller's. */
export function assumedOwner(invocation: Invocation): string | undefined {
  if (writtenOwner(invocation) !== undefined) return undefined;
  const principal = callerFrom(required(invocation, 'principal'));
  const hasAccount = principal.type === 'user' || principal.type === 'role-session';
  return hasAccount ? accountOf(required(invocation, 'principal')) : undefined;
}

function required(invocation: Invocation, name: string): string {
  const value = invocation.option(name);
  if (value !== undefined) return value;
  throw new UsageError({
    code: 'option-missing',
    message: text(`--${name} is needed`, `--${name} が必要です`),
  });
}

function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
}

/** A caller by its ARN, a service's name, `anonymous`; of a role alone, the session is not known. */
function callerFrom(name: string): Caller {
  if (name === 'anonymous') return { type: 'anonymous', name: '' };
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(name)) return { type: 'service', name };
  const [prefix, partition, service, , account, ...rest] = name.split(':');
  const [kind, ...path] = rest.join(':').split('/');
  if (prefix === 'arn' && account !== undefined && account !== '') {
    if (service === 'iam' && kind === 'root') return { type: 'account-root', account };
    if (service === 'iam' && kind === 'user') return { type: 'user', arn: name };
    if (service === 'iam' && kind === 'role') {
      const session = {
        parts: [
          `arn:${partition}:sts::${account}:assumed-role/${path.at(-1)}/`,
          ...openText('session').parts,
        ],
      };
      return { type: 'role-session', role: name, session };
    }
    if (service === 'sts' && kind === 'assumed-role') {
      return {
        type: 'role-session',
        role: `arn:${partition}:iam::${account}:role/${path[0]}`,
        session: name,
      };
    }
    if (service === 'sts' && kind === 'federated-user') return { type: 'federated-user', arn: name };
  }
  throw new UsageError({
    code: 'principal',
    message: text(
      `"${name}" is no principal: give the ARN of a user, role, session or root, a service such as ec2.amazonaws.com, or anonymous`,
      `「${name}」はプリンシパルではありません。ユーザー・ロール・セッション・ルートのARN、ec2.amazonaws.comのようなサービス、またはanonymousを指定してください`,
    ),
  });
}

/** `key=value` pairs; a key that stands several times has several values. */
function contextFrom(pairs: readonly string[]): ReadonlyMap<string, ContextValue> {
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) {
      throw new UsageError({
        code: 'context',
        message: text(
          `--context takes key=value, not "${pair}"`,
          `--context は key=value の形式です(「${pair}」)`,
        ),
      });
    }
    const key = pair.slice(0, at);
    values.set(key, [...(values.get(key) ?? []), pair.slice(at + 1)]);
  }
  return new Map([...values].map(([key, list]) => [key, list.length === 1 ? (list[0] as string) : list]));
}
