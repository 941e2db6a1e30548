import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.13; CloudFormation template reference, AWS::RDS::DBInstance (default true). */
export const definition = propertyControl({
  id: 'RDS.13',
  title: text(
    'Database instances install minor versions by themselves',
    'データベースインスタンスのマイナーバージョン自動アップグレードが有効',
  ),
  severity: 'high',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-automatic-minor-version-upgrade-enabled',
  mappings: { 'cis-5.0': ['2.2.2'], 'pci-dss-3.2.1': ['6.2'] },
  property: ['AutoMinorVersionUpgrade'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set AutoMinorVersionUpgrade to true', 'AutoMinorVersionUpgrade を true にする'),
    value: true,
  },
});
