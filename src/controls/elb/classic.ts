/** Questions about the listeners of classic load balancers. */

import type { ResourceGraph } from '../../environment/graph.ts';
import {
  type Answer,
  all,
  any,
  everyItem,
  isOneOf,
  NO,
  not,
  someItem,
  undecided,
} from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, referenceFrom, stringFrom, type Value } from '../../model/value.ts';
import { entryNamed } from '../entries.ts';
import { askText } from '../text-of.ts';

const SECURE = ['HTTPS', 'SSL', 'https', 'ssl'];

/** Whether every listener ends TLS. */
export function endsTls(listeners: Value, whenAbsent: Answer): Answer {
  if (listeners.kind === 'absent') return whenAbsent;
  return everyItem(listeners, isSecure);
}

function isSecure(listener: Value): Answer {
  return isOneOf(get(listener, 'Protocol'), SECURE);
}

/** Whether a classic load balancer has a listener that ends TLS. */
export function hasSecureListener(loadBalancer: Resource): Answer {
  return someItem(get(loadBalancer.properties, 'Listeners'), isSecure);
}

/** Whether every listener that ends TLS uses a certificate of ACM. */
export function usesAcm(loadBalancer: Resource, graph: ResourceGraph): Answer {
  return everyItem(get(loadBalancer.properties, 'Listeners'), (listener) =>
    any([not(isSecure(listener)), isAcmCertificate(get(listener, 'SSLCertificateId'), graph)]),
  );
}

/** Whether a value names a certificate of ACM: its ARN says so, or the resource it refers to does. */
export function isAcmCertificate(certificate: Value, graph: ResourceGraph): Answer {
  const reference = referenceFrom(certificate);
  const resource = reference ? graph.get(reference.resource) : undefined;
  if (resource?.type === 'AWS::CertificateManager::Certificate') return { is: 'yes' };
  if (resource && !resource.external) return NO;
  return askText(certificate, (arn) => /^arn:aws[\w-]*:acm:/.test(arn));
}

/** The predefined policy that AWS recommends for classic load balancers. */
const STRONG = 'ELBSecurityPolicy-TLS-1-2-2017-01';

/** Whether every listener that ends TLS names only policies with the recommended predefined one. */
export function usesStrongPolicy(loadBalancer: Resource): Answer {
  const policies = get(loadBalancer.properties, 'Policies');
  return everyItem(get(loadBalancer.properties, 'Listeners'), (listener) => {
    const names = get(listener, 'PolicyNames');
    const secure = isSecure(listener);
    if (itemsOf(names).length === 0) return not(secure);
    return any([not(secure), everyItem(names, (name) => isStrongPolicy(name, policies))]);
  });
}

function isStrongPolicy(name: Value, policies: Value): Answer {
  const wanted = stringFrom(name);
  if (wanted === undefined) return undecided(name);
  const policy = itemsOf(policies).find((each) => stringFrom(get(each, 'PolicyName')) === wanted);
  if (!policy) return NO;
  return all([
    isOneOf(get(policy, 'PolicyType'), ['SSLNegotiationPolicyType']),
    isOneOf(entryNamed(get(policy, 'Attributes'), 'Reference-Security-Policy', 'Name', 'Value'), [STRONG]),
  ]);
}
