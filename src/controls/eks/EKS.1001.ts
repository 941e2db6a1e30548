import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { limitsCallers } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'EKS.1001',
  title: text(
    'The Kubernetes API is not open to every address',
    'KubernetesのAPIが全アドレスに開かれていない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::EKS::Cluster'],
  mappings: {},
  property: ['ResourcesVpcConfig'],
  label: 'PublicAccessCidrs',
  good: limitsCallers,
  whenAbsent: { good: NO, means: text('open to every address', '全アドレスに公開') },
  says: {
    pass: text(
      'only named addresses reach the public endpoint, or nobody',
      'パブリックエンドポイントは無効か、特定のアドレスに限られています',
    ),
    fail: text(
      'every address reaches the public endpoint',
      'パブリックエンドポイントに全アドレスから到達できます',
    ),
  },
  remedy: {
    summary: text(
      'Name the addresses in PublicAccessCidrs, or switch the public endpoint off',
      'PublicAccessCidrs でアドレスを限定するか、パブリックエンドポイントを無効にする',
    ),
    needs: [text('the addresses of the administrators', '管理者のアドレス')],
  },
});
