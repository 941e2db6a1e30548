import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { accountControl } from '../account.ts';

/** A control of our own. */
export const definition = accountControl({
  id: 'Detective.1001',
  title: text('Detective keeps what an investigation needs', 'Detective が調査用の記録を保持している'),
  severity: 'low',
  mappings: {},
  place: 'region',
  types: ['AWS::Detective::Graph'],
  fulfils: () => YES,
  what: text('a behavior graph of Detective', 'Detective の動作グラフ'),
  ask: 'aws detective list-graphs',
  remedy: {
    summary: text(
      'Switch Detective on, or accept to investigate by hand',
      'Detective を有効にする(または手作業での調査を受け入れる)',
    ),
    edits: [
      { kind: 'add-resource', logicalId: 'Investigations', type: 'AWS::Detective::Graph', properties: {} },
    ],
  },
});
