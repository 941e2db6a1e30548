import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { keptElsewhere } from './password.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'RDS.1003',
  title: text(
    'Database passwords are not written in the template',
    'データベースのパスワードをテンプレートに書かない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  mappings: {},
  property: ['MasterUserPassword'],
  good: keptElsewhere,
  whenAbsent: {
    good: YES,
    means: text(
      'RDS or a secret manages it, or it comes from the snapshot',
      'RDSまたはシークレットが管理するか、スナップショットから引き継ぎます',
    ),
  },
  says: {
    pass: text('the password is kept elsewhere', 'パスワードは別の場所で管理されます'),
    fail: text('the password is written in the template', 'パスワードがテンプレートに書かれています'),
  },
  secret: true,
  remedy: {
    summary: text(
      'Set ManageMasterUserPassword to true and remove the password',
      'ManageMasterUserPassword を true にし、パスワードを削除する',
    ),
  },
});
