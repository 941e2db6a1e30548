import type { Control } from '../controls/control.ts';
import { CONTROLS } from '../controls/registry.generated.ts';
import { runControls } from '../controls/run.ts';
import { assessedResource } from '../environment/assessed-resource.ts';
import { UsageError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { text } from '../kernel/texts.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS, readFrom } from './environment-options.ts';
import { OUT_OPTION, reportInputProblems, writeAnswer } from './output.ts';
import { findingsMeet, THRESHOLD_OPTIONS } from './threshold.ts';

export const command: Command = {
  name: 'check',
  operands: '[PATH…]',
  summary: text(
    'run the controls only and print their findings',
    'コントロールだけを実行し、検出結果を表示する',
  ),
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json'],
      value: 'text|json',
      help: text('form of the answer (default: text)', '出力形式(既定:text)'),
    },
    control: {
      type: 'string',
      multiple: true,
      value: 'ID',
      help: text(
        'only this control, such as S3.8 (may be repeated)',
        'このコントロールだけ(例:S3.8、複数指定可)',
      ),
    },
    'config-rule': {
      type: 'string',
      multiple: true,
      value: 'RULE',
      help: text(
        'only the controls of this AWS Config managed rule (may be repeated)',
        'このAWS Configマネージドルールのコントロールだけ(複数指定可)',
      ),
    },
    ...OUT_OPTION,
    ...ENVIRONMENT_OPTIONS,
    ...THRESHOLD_OPTIONS,
  },
  examples: [
    'honmaru check template.yaml --fail-on high',
    'honmaru check . --control S3.8 --format json',
    'honmaru check . --config-rule rds-storage-encrypted',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const controls = selectControls(invocation);
  const reading = await readFrom(invocation, terminal);
  const findings = runControls(reading.graph, controls);
  if (invocation.option('format') === 'json') {
    const { renderFindingsJson } = await import('../report/json.ts');
    writeAnswer(renderFindingsJson(findings), invocation, terminal);
  } else {
    const { renderFindings } = await import('../report/text.ts');
    const options = { language: invocation.language, color: terminal.color, width: terminal.width };
    writeAnswer(
      renderFindings({ findings, resources: reading.graph.resources.map(assessedResource) }, options),
      invocation,
      terminal,
    );
  }
  if (reportInputProblems(reading.notAnalysed, invocation, terminal)) return 2;
  return findingsMeet(findings, invocation) ? 1 : 0;
}

/** The controls that `--control` and `--config-rule` name; all of them when neither is given. */
function selectControls(invocation: Invocation): readonly Control[] {
  const ids = invocation.options('control').map((id) => requireKnown('--control', id, (each) => each.id));
  const rules = invocation
    .options('config-rule')
    .map((rule) =>
      requireKnown('--config-rule', rule.toLowerCase().replaceAll('_', '-'), (each) => each.configRule),
    );
  if (ids.length === 0 && rules.length === 0) return CONTROLS;
  return CONTROLS.filter(
    ({ id, configRule }) => ids.includes(id) || (configRule && rules.includes(configRule)),
  );
}

function requireKnown(
  option: string,
  wanted: string,
  nameOf: (control: Control) => string | undefined,
): string {
  const names = CONTROLS.flatMap((each) => nameOf(each) ?? []);
  const found = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  const meant = nearest(wanted, names);
  throw new UsageError({
    code: 'unknown-control',
    message: text(
      `${option}: no control has the name "${wanted}"`,
      `${option}:「${wanted}」というコントロールはありません`,
    ),
    ...(meant ? { remedy: text(`did you mean ${meant}?`, `${meant} のことですか?`) } : {}),
  });
}
