import { text } from '../../kernel/texts.ts';
import { isOneOf, YES } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, Macie.1. */
export const definition = accountControl({
  id: 'Macie.1',
  title: text('Macie looks for personal data in buckets', 'リージョンで Macie が有効'),
  severity: 'medium',
  configRule: 'macie-status-check',
  mappings: { 'cis-5.0': ['2.1.3'] },
  place: 'region',
  types: ['AWS::Macie::Session'],

  fulfils: (session) => isOneOf(get(session.properties, 'Status'), ['ENABLED'], YES),
  what: text('a Macie session that is switched on', '有効な Macie セッション'),
  ask: 'aws macie2 get-macie-session',
  remedy: {
    summary: text('Switch Macie on', 'Macie を有効にする'),
    edits: [
      {
        kind: 'add-resource',
        logicalId: 'DataDiscovery',
        type: 'AWS::Macie::Session',
        properties: { Status: 'ENABLED' },
      },
    ],
  },
});
