import { text } from '../../kernel/texts.ts';
import { isOneOf, someItem } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, Inspector.1. */
export const definition = accountControl({
  id: 'Inspector.1',
  title: text('Inspector scans instances', 'Inspector がEC2インスタンスをスキャンする'),
  severity: 'high',
  configRule: 'inspector-ec2-scan-enabled',
  mappings: {},
  place: 'region',
  types: ['Account::InspectorActivation'],
  declarable: false,
  fulfils: (activation) =>
    someItem(get(activation.properties, 'ResourceTypes'), (item) => isOneOf(item, ['EC2'])),
  what: text('an activation of Inspector for instances', 'EC2インスタンスに対する Inspector の有効化'),
  ask: 'aws inspector2 batch-get-account-status',
  remedy: {
    summary: text('Activate Inspector for instances', 'EC2インスタンスに対して Inspector を有効にする'),
    edits: [{ kind: 'command', command: 'aws inspector2 enable --resource-types EC2' }],
  },
});
