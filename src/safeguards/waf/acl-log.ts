import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { addResource, getAtt, logicalId, sub } from '../edits.ts';

/** Headers that say who somebody is: a log that holds them could be used to take over sessions. */
const SECRET_HEADERS = ['authorization', 'cookie'];

/**
 * The log of what a web ACL decides, in a log group of its own (AWS WAF developer guide, "Sending protection pack
 * (web ACL) traffic logs to a CloudWatch Logs log group": the name must begin with `aws-waf-logs-`; AWS WAF itself
 * adds the policy by which it may write).
 *
 * @param acl the web ACL, or the logical id of one that is added
 */
export function aclLog(acl: Resource | string): readonly Edit[] {
  const group = logicalId(acl, 'LogGroup');
  const name = (typeof acl === 'string' ? acl : acl.name)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
  return [
    addResource(group, 'AWS::Logs::LogGroup', {
      LogGroupName: sub(`aws-waf-logs-{AWS::StackName}-${name}`),
      RetentionInDays: 90,
    }),
    addResource(logicalId(acl, 'Logging'), 'AWS::WAFv2::LoggingConfiguration', {
      ResourceArn: getAtt(acl, 'Arn'),
      // The attribute `Arn` of a log group ends in `:*`, which AWS WAF does not take.
      LogDestinationConfigs: [
        sub(`arn:{AWS::Partition}:logs:{AWS::Region}:{AWS::AccountId}:log-group:{${group}}`),
      ],
      RedactedFields: SECRET_HEADERS.map((header) => ({ SingleHeader: { Name: header } })),
    }),
  ];
}
