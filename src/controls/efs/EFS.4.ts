import { text } from '../../kernel/texts.ts';
import { isSet } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, EFS.4. */
export const definition = propertyControl({
  id: 'EFS.4',
  title: text('Access points set the user', 'アクセスポイントがユーザーIDを強制する'),
  severity: 'medium',
  resourceTypes: ['AWS::EFS::AccessPoint'],
  configRule: 'efs-access-point-enforce-user-identity',
  mappings: { 'nist-800-53-r5': ['AC-6(2)'] },
  property: ['PosixUser'],
  good: isSet,
  remedy: {
    summary: text('Set PosixUser', 'PosixUser を指定する'),
    value: { Uid: '1000', Gid: '1000' },
  },
});
