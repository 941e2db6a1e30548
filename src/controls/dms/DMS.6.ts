import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, DMS.6. */
export const definition = propertyControl({
  id: 'DMS.6',
  title: text(
    'Replication instances install minor versions by themselves',
    'レプリケーションインスタンスのマイナーバージョン自動アップグレードが有効',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::DMS::ReplicationInstance'],
  configRule: 'dms-auto-minor-version-upgrade-check',
  mappings: {},
  property: ['AutoMinorVersionUpgrade'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set AutoMinorVersionUpgrade to true', 'AutoMinorVersionUpgrade を true にする'),
    value: true,
  },
});
