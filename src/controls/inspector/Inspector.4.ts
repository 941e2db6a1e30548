import { text } from '../../kernel/texts.ts';
import { isOneOf, someItem } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, Inspector.4. */
export const definition = accountControl({
  id: 'Inspector.4',
  title: text('Inspector scans the packages of functions', 'Inspector がLambda関数をスキャンする'),
  severity: 'high',
  configRule: 'inspector-lambda-standard-scan-enabled',
  mappings: {},
  place: 'region',
  types: ['Account::InspectorActivation'],
  declarable: false,
  fulfils: (activation) =>
    someItem(get(activation.properties, 'ResourceTypes'), (item) => isOneOf(item, ['LAMBDA'])),
  what: text(
    'an activation of Inspector for the packages of functions',
    'Lambda関数に対する Inspector の有効化',
  ),
  ask: 'aws inspector2 batch-get-account-status',
  remedy: {
    summary: text(
      'Activate Inspector for the packages of functions',
      'Lambda関数に対して Inspector を有効にする',
    ),
    edits: [{ kind: 'command', command: 'aws inspector2 enable --resource-types LAMBDA' }],
  },
});
