import { text } from '../../kernel/texts.ts';
import { isOneOf } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** A control of our own. */
export const definition = accountControl({
  id: 'AccessAnalyzer.1001',
  title: text(
    'An analyzer looks for access from outside',
    '外部アクセスを分析する IAM Access Analyzer がある',
  ),
  severity: 'medium',
  mappings: { 'cis-5.0': ['1.19'] },
  place: 'region',
  types: ['AWS::AccessAnalyzer::Analyzer'],
  fulfils: (analyzer) => isOneOf(get(analyzer.properties, 'Type'), ['ACCOUNT', 'ORGANIZATION']),
  what: text('an analyzer of external access', '外部アクセスのアナライザー'),
  ask: 'aws accessanalyzer list-analyzers',
  remedy: {
    summary: text(
      'Add an analyzer of external access in every Region that is used (free of charge)',
      '使用している全リージョンに外部アクセスのアナライザーを加える(無料)',
    ),
    edits: [
      {
        kind: 'add-resource',
        logicalId: 'ExternalAccess',
        type: 'AWS::AccessAnalyzer::Analyzer',
        properties: { Type: 'ACCOUNT' },
      },
    ],
  },
});
