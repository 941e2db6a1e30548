import type { Edit, EditValue } from '../../model/remedy.ts';
import { addResource, getAtt, ref, sub } from '../../safeguards/edits.ts';

/**
 * Resources that remedies refer to by an agreed name and that can be made with nothing but what is here, so
 * that nobody needs to be asked: `LogBucket`, a bucket into which load balancers and S3 may write.
 */
export function supplied(name: string): readonly Edit[] | undefined {
  return name === 'LogBucket' ? logBucket() : undefined;
}

const DAYS_KEPT = 365;

function logBucket(): readonly Edit[] {
  return [
    addResource('LogBucket', 'AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: DAYS_KEPT }] },
    }),
    addResource('LogBucketPolicy', 'AWS::S3::BucketPolicy', {
      Bucket: ref('LogBucket'),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          delivery('LoadBalancers', 'logdelivery.elasticloadbalancing.amazonaws.com', {}),
          delivery('BucketAccess', 'logging.s3.amazonaws.com', {
            StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
          }),
          {
            Sid: 'DenyPlainHttp',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [getAtt('LogBucket', 'Arn'), sub('{LogBucket.Arn}/*')],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    }),
  ];
}

/** What lets a service write its logs (Amazon S3 and Elastic Load Balancing user guides, "access logs"). */
function delivery(sid: string, service: string, condition: { readonly [key: string]: EditValue }): EditValue {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 's3:PutObject',
    Resource: sub('{LogBucket.Arn}/*'),
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}
