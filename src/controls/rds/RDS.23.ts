import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { unusualPort } from './ports.ts';

/** AWS Security Hub controls reference, RDS.23. */
export const definition = propertyControl({
  id: 'RDS.23',
  title: text('Databases do not listen on the well-known port', 'データベースが既定のポートを使わない'),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  configRule: 'rds-no-default-ports',
  mappings: {
    'nist-800-53-r5': ['AC-4', 'AC-4(21)', 'SC-7', 'SC-7(4)', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'],
  },
  property: ['Port'],
  good: unusualPort,
  whenAbsent: { good: NO, means: text(`the engine's own port`, 'エンジンの既定ポート') },
  remedy: {
    summary: text(
      'Choose another port and tell the application',
      '別のポートを選び、アプリケーションの設定も変える',
    ),
    needs: [text('a free port', '空いているポート番号')],
  },
});
