import { text } from '../../kernel/texts.ts';
import { accountControl } from '../account.ts';
import { hasFeature } from './features.ts';

/** AWS Security Hub controls reference, GuardDuty.9. */
export const definition = accountControl({
  id: 'GuardDuty.9',
  title: text('GuardDuty watches RDS', 'GuardDuty が RDS を監視する'),
  severity: 'high',
  configRule: 'guardduty-rds-protection-enabled',
  mappings: {},
  place: 'region',
  types: ['AWS::GuardDuty::Detector'],

  fulfils: hasFeature('RDS_LOGIN_EVENTS'),
  what: text('a GuardDuty detector with RDS protection', 'RDS 保護が有効な GuardDuty ディテクター'),
  ask: 'aws guardduty list-detectors',
  remedy: {
    summary: text('Switch the feature RDS_LOGIN_EVENTS on', '機能 RDS_LOGIN_EVENTS を有効にする'),
    edits: [],
  },
});
