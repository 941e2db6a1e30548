import type { ResourceGraph } from '../../environment/graph.ts';
import { type Answer, all, everyItem } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { hasItems } from '../questions.ts';
import { isAcmCertificate } from './classic.ts';

/** Whether a listener has certificates and every one comes from ACM. */
export function allFromAcm(certificates: Value, graph: ResourceGraph): Answer {
  return all([
    hasItems(1)(certificates, { is: 'no' }),
    everyItem(certificates, (each) => isAcmCertificate(get(each, 'CertificateArn'), graph)),
  ]);
}
