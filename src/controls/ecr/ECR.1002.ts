import { text } from '../../kernel/texts.ts';
import { resourcePolicyControl } from '../resource-policy.ts';

/** A control of our own. */
export const definition = resourcePolicyControl({
  id: 'ECR.1002',
  title: text('Repositories are not open to everybody', 'リポジトリが誰にでも開かれていない'),
  severity: 'high',
  mappings: {},
  type: 'AWS::ECR::Repository',
  own: 'RepositoryPolicyText',
});
