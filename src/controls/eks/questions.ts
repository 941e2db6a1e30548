import { type Answer, all, any, isFalse, isOneOf, isSet, NO, not, someItem } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { hasItems } from '../questions.ts';

/** Whether some encryption configuration covers the Kubernetes secrets with a KMS key. */
export function encryptsSecrets(configurations: Value, whenAbsent: Answer): Answer {
  if (configurations.kind === 'absent') return whenAbsent;
  return someItem(configurations, (configuration) =>
    all([
      someItem(get(configuration, 'Resources'), (item) => isOneOf(item, ['secrets'])),
      isSet(get(configuration, 'Provider', 'KeyArn')),
    ]),
  );
}

/** Whether the public endpoint is off, or open to named addresses only. */
export function limitsCallers(network: Value, whenAbsent: Answer): Answer {
  if (network.kind === 'absent') return whenAbsent;
  const addresses = get(network, 'PublicAccessCidrs');
  return any([
    isFalse(get(network, 'EndpointPublicAccess')),
    all([
      hasItems(1)(addresses, NO),
      not(someItem(addresses, (address) => isOneOf(address, ['0.0.0.0/0', '::/0']))),
    ]),
  ]);
}
