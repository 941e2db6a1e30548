import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isFalse, NO, someItem, undecided } from '../../model/answer.ts';
import type { EditValue } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { control, verdict } from '../control.ts';
import {
  actionMatches,
  denies,
  principalIsAnyone,
  someStatement,
  someString,
} from '../iam/policy-statements.ts';
import { bucketOf, bucketPolicies } from './access.ts';

/**
 * AWS Security Hub controls reference, S3.5: the bucket policy denies everybody who comes without TLS. A
 * policy whose bucket is declared elsewhere is judged by itself.
 */
export const definition = control({
  id: 'S3.5',
  title: text('Buckets are reached by TLS only', 'バケットへのアクセスをTLSに限る'),
  severity: 'medium',
  resourceTypes: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  configRule: 's3-bucket-ssl-requests-only',
  mappings: {
    'cis-5.0': ['2.1.1'],
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(22)',
      'AC-17(2)',
      'AC-24(1)',
      'AU-9(3)',
      'CA-9b',
      'CM-6a',
      'CM-9b',
      'IA-5(1)(c)',
      'PM-11b',
      'PM-17b',
      'SC-7(4)(b)',
      'SC-7(4)(g)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-8(3)',
      'SC-8(4)',
      'SC-8(5)',
      'SC-13a',
      'SC-16(1)',
      'SC-23',
      'SI-1a.2',
      'SI-1c.2',
    ],
    'pci-dss-3.2.1': ['2.2', '4.1', '8.2.1'],
  },
  basis: 'effective',
  concerns: (resource, graph) => resource.type === 'AWS::S3::Bucket' || !bucketOf(resource, graph),
  evaluate(resource, graph) {
    const policies = policiesOf(resource, graph);
    const demands = any(
      policies.map((policy) =>
        all([policy.exists, someStatement(get(policy.properties, 'PolicyDocument'), deniesPlainHttp)]),
      ),
    );
    const first = policies[0];
    return verdict(
      demands,
      {
        pass: text('the policy denies requests without TLS', 'TLSを使わない要求をポリシーが拒否します'),
        fail: text(
          first
            ? 'no statement denies requests without TLS'
            : 'there is no policy that denies requests without TLS',
          first
            ? 'TLSを使わない要求を拒否する文がありません'
            : 'TLSを使わない要求を拒否するポリシーがありません',
        ),
        unknown: text(
          'whether requests without TLS are denied cannot be decided',
          'TLSを使わない要求を拒否するか決められません',
        ),
      },
      first ? get(first.properties, 'PolicyDocument') : undefined,
    );
  },
  remedy: (bucket) => ({
    summary: text('Deny everybody who comes without TLS', 'TLSを使わない要求をすべて拒否する'),
    edits:
      bucket.type === 'AWS::S3::Bucket'
        ? [
            {
              kind: 'add-resource',
              logicalId: `${bucket.name}TlsOnly`,
              type: 'AWS::S3::BucketPolicy',
              properties: { Bucket: { Ref: bucket.name }, PolicyDocument: tlsOnly(bucket.name) },
            },
          ]
        : [],
  }),
});

function tlsOnly(bucket: string): EditValue {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyPlainHttp',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [{ 'Fn::GetAtt': [bucket, 'Arn'] }, { 'Fn::Sub': `\${${bucket}.Arn}/*` }],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}

function policiesOf(resource: Resource, graph: ResourceGraph): readonly Resource[] {
  return resource.type === 'AWS::S3::Bucket' ? bucketPolicies(resource, graph) : [resource];
}

function deniesPlainHttp(statement: Value): Answer {
  return all([
    denies(statement),
    principalIsAnyone(statement),
    someString(get(statement, 'Action'), (pattern) => actionMatches(pattern, 's3:GetObject')),
    someString(get(statement, 'Action'), (pattern) => actionMatches(pattern, 's3:PutObject')),
    withoutTls(get(statement, 'Condition')),
  ]);
}

/** The condition `aws:SecureTransport` is false, with nothing beside it that would let plain requests pass. */
function withoutTls(condition: Value): Answer {
  if (condition.kind === 'unknown' || condition.kind === 'oneOf') return undecided(condition);
  if (condition.kind !== 'map' || condition.entries.size !== 1) return NO;
  const [operator, keys] = [...condition.entries][0] ?? [];
  if (keys?.kind !== 'map' || keys.entries.size !== 1 || !/^Bool(IfExists)?$/.test(operator ?? '')) return NO;
  const [key, wanted] = [...keys.entries][0] ?? [];
  return key?.toLowerCase() === 'aws:securetransport' && wanted
    ? someItem(wanted, (each) => isFalse(each))
    : NO;
}
