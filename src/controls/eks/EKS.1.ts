import { text } from '../../kernel/texts.ts';
import { isFalse, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, EKS.1. */
export const definition = propertyControl({
  id: 'EKS.1',
  title: text('The Kubernetes API is not public', 'KubernetesのAPIエンドポイントが公開されていない'),
  severity: 'high',
  resourceTypes: ['AWS::EKS::Cluster'],
  configRule: 'eks-endpoint-no-public-access',
  mappings: { 'pci-dss-3.2.1': ['1.3', '2.2', '2.2.2', '7.2', '7.2.1'] },
  property: ['ResourcesVpcConfig', 'EndpointPublicAccess'],
  good: isFalse,
  whenAbsent: { good: NO, means: text('public by default', '既定で公開') },
  remedy: {
    summary: text(
      'Set EndpointPublicAccess to false and EndpointPrivateAccess to true',
      'EndpointPublicAccess を false、EndpointPrivateAccess を true にする',
    ),
    value: false,
  },
});
