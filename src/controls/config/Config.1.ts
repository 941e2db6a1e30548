import { text } from '../../kernel/texts.ts';
import { isFalse, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, Config.1. */
export const definition = accountControl({
  id: 'Config.1',
  title: text('AWS Config records every resource type', 'AWS Config が全リソースタイプを記録する'),
  severity: 'critical',

  mappings: {
    'cis-5.0': ['3.3'],
    'pci-dss-3.2.1': ['2.4', '2.4.a', '10.5', '10.5.2', '11.5', '11.5.a', '11.5.b'],
  },
  place: 'region',
  types: ['AWS::Config::ConfigurationRecorder'],

  fulfils: (recorder) => not(isFalse(get(recorder.properties, 'RecordingGroup', 'AllSupported'))),
  what: text('a configuration recorder of all resource types', '全リソースタイプを記録する設定レコーダー'),
  ask: 'aws configservice describe-configuration-recorder-status',
  remedy: {
    summary: text(
      'Record all supported resource types with AWS Config',
      'AWS Config でサポート対象の全リソースタイプを記録する',
    ),
    edits: [
      {
        kind: 'add-resource',
        logicalId: 'Recorder',
        type: 'AWS::Config::ConfigurationRecorder',
        properties: { RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true } },
      },
    ],
  },
});
