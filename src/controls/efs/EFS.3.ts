import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, EFS.3. */
export const definition = propertyControl({
  id: 'EFS.3',
  title: text('Access points hold clients in a directory', 'アクセスポイントがルートディレクトリを強制する'),
  severity: 'medium',
  resourceTypes: ['AWS::EFS::AccessPoint'],
  configRule: 'efs-access-point-enforce-root-directory',
  mappings: { 'nist-800-53-r5': ['AC-6(10)'] },
  property: ['RootDirectory', 'Path'],
  good: noneOf('/'),
  whenAbsent: { good: NO, means: text('the whole file system', 'ファイルシステム全体') },
  remedy: {
    summary: text('Name a directory in RootDirectory', 'RootDirectory にディレクトリを指定する'),
    needs: [text('the directory that the clients need', 'クライアントが使うディレクトリ')],
  },
});
