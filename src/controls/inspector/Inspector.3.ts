import { text } from '../../kernel/texts.ts';
import { isOneOf, someItem } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, Inspector.3. */
export const definition = accountControl({
  id: 'Inspector.3',
  title: text('Inspector scans the code of functions', 'Inspector がLambdaのコードをスキャンする'),
  severity: 'high',
  configRule: 'inspector-lambda-code-scan-enabled',
  mappings: {},
  place: 'region',
  types: ['Account::InspectorActivation'],
  declarable: false,
  fulfils: (activation) =>
    someItem(get(activation.properties, 'ResourceTypes'), (item) => isOneOf(item, ['LAMBDA_CODE'])),
  what: text(
    'an activation of Inspector for the code of functions',
    'Lambdaのコードに対する Inspector の有効化',
  ),
  ask: 'aws inspector2 batch-get-account-status',
  remedy: {
    summary: text(
      'Activate Inspector for the code of functions',
      'Lambdaのコードに対して Inspector を有効にする',
    ),
    edits: [{ kind: 'command', command: 'aws inspector2 enable --resource-types LAMBDA_CODE' }],
  },
});
