import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import type { Verdict } from '../../model/finding.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import { control, fail, notApplicable, pass, undecidable } from '../control.ts';
import { cannotBeDecided, isValue } from '../sentences.ts';
import { runtimeSupport } from './runtimes.ts';

/** AWS Security Hub controls reference, Lambda.2; the day of the reading decides what is supported. */
export const definition = control({
  id: 'Lambda.2',
  title: text('Functions run on a supported runtime', 'Lambda関数がサポート中のランタイムを使う'),
  severity: 'medium',
  resourceTypes: ['AWS::Lambda::Function'],
  configRule: 'lambda-function-settings-check',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'] },
  basis: 'effective',
  evaluate({ properties }, graph) {
    if (isOneOf(get(properties, 'PackageType'), ['Image'], NO).is === 'yes') return notApplicable(IMAGE);
    return judge(get(properties, 'Runtime'), graph);
  },
  remedy: () => ({
    summary: text(
      'Move the function to a runtime that AWS still supports',
      'AWSがサポートしているランタイムに移行する',
    ),
    edits: [],
    needs: [text('a test of the function on the new runtime', '新しいランタイムでの動作確認')],
  }),
});

const IMAGE = text(
  'the function is a container image: its runtime is inside',
  'コンテナイメージの関数で、ランタイムはイメージの中にあります',
);

function judge(runtime: Value, graph: ResourceGraph): Verdict {
  const name = stringFrom(runtime);
  if (name === undefined) return undecidable(cannotBeDecided('Runtime', [runtime]), [runtime]);
  switch (runtimeSupport(name, graph.facts.asOf)) {
    case 'supported':
      return pass(isValue('Runtime', runtime, true), runtime);
    case 'retired':
      return fail(
        text(`AWS no longer supports the runtime ${name}`, `ランタイム ${name} のサポートは終了しています`),
        runtime,
      );
    case 'not-listed':
      return undecidable(
        text(
          `the runtime ${name} is not in the table of this version`,
          `ランタイム ${name} はこのバージョンの一覧にありません`,
        ),
        [runtime],
      );
  }
}
