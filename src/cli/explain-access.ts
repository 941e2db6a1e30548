import type { Access, AccessRequest, Caller, ContextValue } from '../iam/index.ts';
import { explain, explanationJson, explanationTexts } from '../iam/index.ts';
import { InputError, UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Platform } from '../platform/platform.ts';
import { keyArnOf, keyFacts } from '../services/kms/explain.ts';
import type { Command, Invocation } from './command.ts';
import { checkAction } from './known-action.ts';
import { openInstallation } from './up/open-platform.ts';
import { INSTALLATION_OPTIONS, installationOf } from './up/options.ts';

/** `honmaru explain-access`: why somebody may do something to something of this installation, or not. */
export const command: Command = {
  name: 'explain-access',
  operands: '',
  summary: text(
    'why a user or role of this installation may use a resource, or not',
    'ユーザーやロールがリソースを使える(使えない)理由を説明する',
  ),
  options: {
    ...INSTALLATION_OPTIONS,
    principal: { type: 'string', value: 'ARN', help: text('user or role', 'ユーザーまたはロール') },
    action: { type: 'string', value: 'NAME', help: text('such as kms:Decrypt', 'kms:Decrypt など') },
    resource: {
      type: 'string',
      value: 'ARN',
      help: text(
        'the resource (default: *); a KMS key also by id or alias/NAME',
        'リソース(既定:*)。KMSキーはIDや alias/名前 でも可',
      ),
    },
    context: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: text('a context key', 'コンテキストキー'),
    },
    format: {
      type: 'string',
      choices: ['text', 'json'],
      value: 'text|json',
      help: text('form of the answer', '出力形式'),
    },
  },
  examples: [
    'honmaru explain-access --principal arn:aws:iam::000012345678:user/alice --action kms:Decrypt --resource alias/orders',
    'honmaru explain-access --principal arn:aws:iam::000012345678:user/alice --action kms:Decrypt --resource arn:aws:kms:us-east-1:000012345678:key/…',
  ],

  async run(invocation, terminal) {
    const unchecked = await checkAction(required(invocation, 'action'));
    if (unchecked) terminal.error(`honmaru: ${unchecked[invocation.language]}\n`);
    const { platform, close } = await openInstallation(installationOf(invocation, terminal), (error) => {
      terminal.error(`honmaru: ${String(error)}\n`);
    });
    try {
      const { access, request } = await question(platform, invocation, invocation.option('resource') ?? '*');
      const explanation = explain(access, request);
      terminal.out(
        invocation.option('format') === 'json'
          ? `${JSON.stringify(explanationJson(explanation), null, 2)}\n`
          : `${explanationTexts(explanation)
              .map((line) => line[invocation.language])
              .join('\n')}\n`,
      );
      return explanation.decision.verdict === 'ALLOW' ? 0 : 1;
    } finally {
      await close();
    }
  },
};

async function question(
  platform: Platform,
  invocation: Invocation,
  given: string,
): Promise<{ readonly access: Access; readonly request: AccessRequest }> {
  const arn = required(invocation, 'principal');
  const { identity, organization } = await platform.ports();
  const principal = await identity.principalByArn(arn);
  if (!principal) {
    throw new InputError({
      code: 'no-principal',
      message: text(`there is no user or role ${arn}`, `ユーザーまたはロール ${arn} はありません`),
    });
  }
  const resource = keyArnOf(given, principal.account, platform.region) ?? given;
  const facts = await keyFacts(platform.store, resource);
  if (!facts && /^arn:[^:]*:kms:/.test(resource)) throw noKey(given);
  const owner = facts?.account ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? principal.account;
  const [theirs, own] = await Promise.all([organization.of(owner), organization.of(principal.account)]);
  return {
    access: {
      ...(principal.kind !== 'root' && { identity: principal.identity }),
      ...(principal.boundary && { boundary: principal.boundary }),
      ...(own?.serviceControl && { serviceControl: own.serviceControl }),
      ...(own && { managementAccount: own.managementAccount }),
      ...(theirs?.resourceControl && { resourceControl: theirs.resourceControl }),
      ...(facts?.policy && { resource: facts.policy }),
      ...(facts?.grants && { grants: facts.grants }),
    },
    request: {
      principal: callerOf(principal),
      action: required(invocation, 'action'),
      resource: facts?.arn ?? resource,
      resourceAccount: owner,
      context: {
        ...facts?.context,
        'kms:CallerAccount': principal.account,
        'aws:PrincipalAccount': principal.account,
        ...Object.fromEntries(
          Object.entries(principal.tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value]),
        ),
        ...contextOf(invocation.options('context')),
      },
    },
  };
}

function noKey(given: string): InputError {
  return new InputError({
    code: 'no-key',
    message: text(`there is no key ${given}`, `キー ${given} はありません`),
  });
}

function callerOf({
  kind,
  arn,
  account,
  id,
  name,
}: {
  kind: string;
  arn: string;
  account: string;
  id: string;
  name: string;
}): Caller {
  if (kind === 'root') return { type: 'account-root', account };
  if (kind === 'user') return { type: 'user', arn, id };
  const session = `arn:aws:sts::${account}:assumed-role/${name}/session`;
  return { type: 'role-session', role: arn, session, id: `${id}:session` };
}

function contextOf(pairs: readonly string[]): Record<string, ContextValue> {
  const found: Record<string, string[]> = Object.create(null);
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
    found[key] = [...(found[key] ?? []), pair.slice(at + 1)];
  }
  return Object.fromEntries(
    Object.entries(found).map(([key, list]) => [key, list.length === 1 ? (list[0] ?? '') : list]),
  );
}

function required(invocation: Invocation, name: string): string {
  const value = invocation.option(name);
  if (value !== undefined) return value;
  throw new UsageError({
    code: 'option-missing',
    message: text(`--${name} is needed`, `--${name} が必要です`),
  });
}
