import type { Resource } from '../../model/resource.ts';
import { stringFrom } from '../../model/value.ts';
import { property } from '../values.ts';

/** What `AssociationConfig.RequestBody` calls the places whose limit can be raised. */
const KINDS: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'CLOUDFRONT',
  'AWS::ApiGateway::Stage': 'API_GATEWAY',
  'AWS::Cognito::UserPool': 'COGNITO_USER_POOL',
  'AWS::AppRunner::Service': 'APP_RUNNER_SERVICE',
  'AWS::EC2::VerifiedAccessInstance': 'VERIFIED_ACCESS_INSTANCE',
};

/**
 * How much of a request's body is inspected at a place, in kilobytes: 8 at load balancers and AppSync, 16
 * elsewhere unless the web ACL raises it (AWS WAF developer guide, "Considerations for managing body
 * inspection in AWS WAF").
 */
export function inspectedBody(place: Resource, acl: Resource): string {
  const kind = KINDS[place.type];
  if (!kind) return '8';
  const raised = stringFrom(
    property(acl, 'AssociationConfig', 'RequestBody', kind, 'DefaultSizeInspectionLimit'),
  );
  return raised?.replace('KB_', '') ?? '16';
}
