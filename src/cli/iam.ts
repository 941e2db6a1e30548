import {
  decisionText,
  explain,
  explanationJson,
  explanationTexts,
  lintDocument,
  loadActionTable,
} from '../iam/index.ts';
import { UsageError } from '../kernel/errors.ts';
import { formatPlace } from '../kernel/source-file.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Command, Invocation, OptionDefinition, Terminal } from './command.ts';
import { accessFrom, assumedOwner, readPolicyFile, requestFrom } from './iam-request.ts';

function file(en: string, ja: string): OptionDefinition {
  return { type: 'string', multiple: true, value: 'FILE', help: text(en, ja) };
}

/** `honmaru iam eval | explain | lint`: the policy engine for people. */
export const command: Command = {
  name: 'iam',
  operands: 'eval|explain|lint [FILE…]',
  summary: text('evaluate, explain and lint IAM policies', 'IAMポリシーを評価・説明・検査する'),
  options: {
    policy: file('an identity policy', 'アイデンティティベースのポリシー'),
    boundary: file('a permissions boundary', 'アクセス許可の境界'),
    'session-policy': file('a session policy', 'セッションポリシー'),
    'resource-policy': file('the policy of the resource', 'リソースベースのポリシー'),
    'endpoint-policy': file('a VPC endpoint policy', 'VPCエンドポイントポリシー'),
    scp: file('a service control policy; one for each level', 'SCP(階層ごとに1つ)'),
    rcp: file('a resource control policy', 'RCP'),
    principal: { type: 'string', value: 'ARN', help: text('who calls', '呼び出し元') },
    action: { type: 'string', value: 'NAME', help: text('service:Action', 'service:Action') },
    resource: { type: 'string', value: 'ARN', help: text('the resource (default: *)', 'リソース(既定: *)') },
    'resource-account': {
      type: 'string',
      value: 'ID',
      help: text(
        "the resource's owner (default: the caller's account)",
        'リソースの所有アカウント(既定: 呼び出し元)',
      ),
    },
    context: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: text('a context key', 'コンテキストキー'),
    },
    'open-context': {
      type: 'boolean',
      help: text('other context keys are unknown, not absent', '他のキーを不明として扱う'),
    },
    'fail-on-unknown': {
      type: 'boolean',
      help: text('exit 1 when the answer is unknown', '不明なら終了コード1'),
    },
    format: {
      type: 'string',
      choices: ['text', 'json'],
      value: 'text|json',
      help: text('form of the answer', '出力形式'),
    },
  },
  examples: [
    'honmaru iam eval --policy p.json --principal arn:aws:iam::111122223333:user/a --action s3:GetObject --resource arn:aws:s3:::b/k',
    'honmaru iam lint policies/*.json',
  ],
  async run(invocation, terminal) {
    const [what, ...operands] = invocation.operands;
    if (what === 'lint' && operands.length > 0) return lint(operands, invocation, terminal);
    if ((what === 'eval' || what === 'explain') && operands.length === 0)
      return decide(what, invocation, terminal);
    throw new UsageError({
      code: 'operands',
      message: text(
        'say iam eval, iam explain or iam lint FILE…',
        'iam eval、iam explain、iam lint FILE… のいずれかを指定してください',
      ),
    });
  },
};

function decide(what: 'eval' | 'explain', invocation: Invocation, terminal: Terminal): number {
  const explanation = explain(accessFrom(invocation, terminal), requestFrom(invocation));
  const lines = what === 'eval' ? [decisionText(explanation)] : [...explanationTexts(explanation)];
  const owner = assumedOwner(invocation);
  if (owner !== undefined) lines.push(assumption(owner));
  if (invocation.option('format') === 'json')
    terminal.out(
      `${JSON.stringify({ ...explanationJson(explanation), ...(owner === undefined ? {} : { assumedOwner: owner }) }, null, 2)}\n`,
    );
  else terminal.out(`${lines.map((line) => line[invocation.language]).join('\n')}\n`);
  const { verdict } = explanation.decision;
  if (verdict === 'UNKNOWN') return invocation.flag('fail-on-unknown') ? 1 : 0;
  return verdict === 'DENY' && what === 'eval' ? 1 : 0;
}

/** What was assumed because the ARN does not name an account and no option does. */
function assumption(owner: string): Text {
  return text(
    `  Assumed: the resource belongs to the caller's account ${owner} (--resource-account says otherwise)`,
    `  仮定: リソースは呼び出し元のアカウント ${owner} のもの(--resource-account で指定できます)`,
  );
}

async function lint(paths: readonly string[], invocation: Invocation, terminal: Terminal): Promise<number> {
  const table = await loadActionTable();
  const findings = paths.flatMap((path) => {
    const document = readPolicyFile(path, terminal);
    return lintDocument(document, { table }).map((each) => ({ path: document.path, ...each }));
  });
  if (invocation.option('format') === 'json') {
    terminal.out(`${JSON.stringify({ schema: 'honmaru.iam-lint/1', findings }, null, 2)}\n`);
  } else {
    for (const { path, place, level, code, message } of findings) {
      terminal.out(
        `${place ? formatPlace(place) : path}: ${level} ${code}: ${message[invocation.language]}\n`,
      );
    }
  }
  return findings.some((each) => each.level === 'error') ? 1 : 0;
}
