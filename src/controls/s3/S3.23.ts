import { text } from '../../kernel/texts.ts';
import { all, isTrue } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';
import { recordsObjects } from '../cloudtrail/object-events.ts';

/** AWS Security Hub controls reference, S3.23: a trail of all Regions with data events of every bucket. */
export const definition = accountControl({
  id: 'S3.23',
  title: text('A trail records reads of objects', '証跡がS3オブジェクトの読み取りを記録する'),
  severity: 'medium',
  configRule: 'cloudtrail-all-read-s3-data-event-check',
  mappings: {},
  place: 'account',
  types: ['AWS::CloudTrail::Trail'],
  fulfils: (trail) =>
    all([isTrue(get(trail.properties, 'IsMultiRegionTrail')), recordsObjects('ReadOnly')(trail)]),
  what: text(
    'a trail of all Regions that records reads of objects',
    'S3オブジェクトの読み取りを記録する全リージョンの証跡',
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
