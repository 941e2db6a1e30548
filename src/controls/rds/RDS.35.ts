import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.35. */
export const definition = propertyControl({
  id: 'RDS.35',
  title: text(
    'Multi-AZ database clusters install minor versions by themselves',
    'マルチAZ DBクラスターのマイナーバージョン自動アップグレードが有効',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-cluster-auto-minor-version-upgrade-enable',
  mappings: { 'pci-dss-3.2.1': ['6.2', '6.2.b'] },
  property: ['AutoMinorVersionUpgrade'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set AutoMinorVersionUpgrade to true', 'AutoMinorVersionUpgrade を true にする'),
    value: true,
  },
});
