import { text } from '../../kernel/texts.ts';
import { isOneOf, someItem } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, Inspector.2. */
export const definition = accountControl({
  id: 'Inspector.2',
  title: text('Inspector scans container images', 'Inspector がECRイメージをスキャンする'),
  severity: 'high',
  configRule: 'inspector-ecr-scan-enabled',
  mappings: {},
  place: 'region',
  types: ['Account::InspectorActivation'],
  declarable: false,
  fulfils: (activation) =>
    someItem(get(activation.properties, 'ResourceTypes'), (item) => isOneOf(item, ['ECR'])),
  what: text('an activation of Inspector for container images', 'ECRイメージに対する Inspector の有効化'),
  ask: 'aws inspector2 batch-get-account-status',
  remedy: {
    summary: text('Activate Inspector for container images', 'ECRイメージに対して Inspector を有効にする'),
    edits: [{ kind: 'command', command: 'aws inspector2 enable --resource-types ECR' }],
  },
});
