import { text } from '../../kernel/texts.ts';
import { accountControl } from '../account.ts';
import { hasFeature } from './features.ts';

/** AWS Security Hub controls reference, GuardDuty.10. */
export const definition = accountControl({
  id: 'GuardDuty.10',
  title: text('GuardDuty watches S3', 'GuardDuty が S3 を監視する'),
  severity: 'high',
  configRule: 'guardduty-s3-protection-enabled',
  mappings: {},
  place: 'region',
  types: ['AWS::GuardDuty::Detector'],

  fulfils: hasFeature('S3_DATA_EVENTS'),
  what: text('a GuardDuty detector with S3 protection', 'S3 保護が有効な GuardDuty ディテクター'),
  ask: 'aws guardduty list-detectors',
  remedy: {
    summary: text('Switch the feature S3_DATA_EVENTS on', '機能 S3_DATA_EVENTS を有効にする'),
    edits: [],
  },
});
