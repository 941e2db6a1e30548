import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { sources, withoutCredentials } from './questions.ts';

/** AWS Security Hub controls reference, CodeBuild.1. */
export const definition = propertyControl({
  id: 'CodeBuild.1',
  title: text('Addresses of repositories carry no credentials', 'リポジトリのURLに認証情報を含めない'),
  severity: 'critical',
  resourceTypes: ['AWS::CodeBuild::Project'],
  configRule: 'codebuild-project-source-repo-url-check',
  mappings: { 'pci-dss-3.2.1': ['8.2.1'] },
  property: ['Source', 'Location'],
  read: (resource) => sources(resource),
  good: withoutCredentials,
  says: {
    pass: text('no address carries credentials', '認証情報を含むURLはありません'),
    fail: text('an address carries credentials', '認証情報を含むURLがあります'),
  },
  secret: true,
  remedy: {
    summary: text(
      'Take the credentials out of the address and use a connection',
      'URLから認証情報を除き、接続(OAuthなど)を使う',
    ),
  },
});
