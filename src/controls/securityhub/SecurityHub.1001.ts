import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { accountControl } from '../account.ts';

/** A control of our own. */
export const definition = accountControl({
  id: 'SecurityHub.1001',
  title: text('Security Hub collects the findings', 'Security Hub が検出結果を集めている'),
  severity: 'medium',
  mappings: { 'cis-5.0': ['4.16'] },
  place: 'region',
  types: ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2'],
  fulfils: () => YES,
  what: text('a Security Hub', 'Security Hub'),
  ask: 'aws securityhub describe-hub',
  remedy: {
    summary: text(
      'Switch Security Hub on in every Region that is used',
      '使用している全リージョンで Security Hub を有効にする',
    ),
    edits: [
      {
        kind: 'add-resource',
        logicalId: 'Hub',
        type: 'AWS::SecurityHub::Hub',
        properties: { EnableDefaultStandards: true },
      },
    ],
  },
});
