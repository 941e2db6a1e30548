import { text } from '../../kernel/texts.ts';
import { all, isTrue } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';
import { recordsObjects } from '../cloudtrail/object-events.ts';

/** AWS Security Hub controls reference, S3.22: a trail of all Regions with data events of every bucket. */
export const definition = accountControl({
  id: 'S3.22',
  title: text('A trail records writes of objects', '証跡がS3オブジェクトの書き込みを記録する'),
  severity: 'medium',
  configRule: 'cloudtrail-all-write-s3-data-event-check',
  mappings: {},
  place: 'account',
  types: ['AWS::CloudTrail::Trail'],
  fulfils: (trail) =>
    all([isTrue(get(trail.properties, 'IsMultiRegionTrail')), recordsObjects('WriteOnly')(trail)]),
  what: text(
    'a trail of all Regions that records writes of objects',
    'S3オブジェクトの書き込みを記録する全リージョンの証跡',
  ),
  ask: 'aws cloudtrail get-event-selectors --trail-name TRAIL',
  remedy: {
    summary: text(
      'Add the data events of all S3 objects to the trail (charged by the event)',
      '証跡に全S3オブジェクトのデータイベントを加える(イベント数に応じた料金)',
    ),
    edits: [],
  },
});
