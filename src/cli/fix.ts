import { resolve } from 'node:path';
import { type FixPlan, planFix } from '../fix/plan/plan.ts';
import { writeFiles } from '../fix/write/write-files.ts';
import { text } from '../kernel/texts.ts';
import { assess } from '../risk/assess.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS, parametersFrom, pathsFrom } from './environment-options.ts';
import { answersFrom, FIX_OPTIONS } from './fix/options.ts';
import { renderFixJson } from './fix/render-json.ts';
import { renderFix } from './fix/render-text.ts';
import { fixReport } from './fix/report.ts';
import { selection } from './fix/selection.ts';
import { OUT_OPTION, reportInputProblems, writeAnswer } from './output.ts';

export const command: Command = {
  name: 'fix',
  operands: '[PATH…]',
  summary: text(
    'attach what is missing to your own files: a diff, written only with --write',
    '足りない対策を自分のファイルに追加する(差分を表示。書き込みは --write のときだけ)',
  ),
  options: { ...FIX_OPTIONS, ...OUT_OPTION, ...ENVIRONMENT_OPTIONS },
  examples: [
    'honmaru fix template.yaml',
    'honmaru fix template.yaml --only waf,tls --domain shop.example.com --write',
    'honmaru fix infrastructure/ --target-band medium --budget 30',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const answers = answersFrom(invocation);
  const scope = invocation.option('scope') as 'application' | 'account' | undefined;
  const read = {
    paths: pathsFrom(invocation),
    parameters: parametersFrom(invocation.options('parameter')),
    ...(scope ? { scope } : {}),
    asOf: terminal.now().toISOString(),
    cwd: terminal.cwd,
  };
  const { wanted, notes, before, assessment } = await selection(read, answers, invocation, terminal);
  const plan = await planFix({ read, answers, wanted }, before);
  const report = fixReport(plan, assessment, await assess(plan.after), notes);
  if (invocation.option('format') === 'json') writeAnswer(renderFixJson(report), invocation, terminal);
  else writeAnswer(renderFix(report, invocation, terminal), invocation, terminal);
  if (invocation.flag('write')) write(plan, invocation, terminal);
  return reportInputProblems(plan.before.notAnalysed, invocation, terminal) ? 2 : 0;
}

/** Writes the files of a plan and says where the former texts lie. */
function write(plan: FixPlan, invocation: Invocation, terminal: Terminal): void {
  const originals = new Map<string, { readonly shown: string; readonly before: string | undefined }>();
  for (const { file, isNew } of plan.rounds.flat()) {
    const path = resolve(terminal.cwd, file.path);
    if (!originals.has(path)) {
      originals.set(path, { shown: file.path, before: isNew ? undefined : file.text });
    }
  }
  const pending = [...originals].map(([path, { shown, before }]) => ({
    path,
    shown,
    before,
    after: plan.edited.get(path)?.text ?? '',
  }));
  const stamp = terminal
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '');
  for (const { shown, backup } of writeFiles(pending, stamp)) {
    const message = backup
      ? text(`written: ${shown} (before: ${backup})`, `書き込みました:${shown}(変更前:${backup})`)
      : text(`added: ${shown}`, `追加しました:${shown}`);
    terminal.error(`${message[invocation.language]}\n`);
  }
}
