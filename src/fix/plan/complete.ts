import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, EditValue } from '../../model/remedy.ts';
import { get } from '../../model/value.ts';
import { addResource, getAtt, ref, setProperty } from '../../safeguards/edits.ts';

type AddResource = Extract<Edit, { readonly kind: 'add-resource' }>;

/** Edits that also meet the controls which the same change would otherwise break. */
export interface Completed {
  readonly edits: readonly Edit[];
  readonly first: readonly Text[];
}

const DAYS_OF_VERSIONS = 90;
const DAYS_OF_LOGS = 365;

const VERSIONS_EXPIRE = text(
  `versions that were overwritten or deleted are removed after ${DAYS_OF_VERSIONS} days; change the rule where you need them longer`,
  `上書き・削除されたバージョンは${DAYS_OF_VERSIONS}日後に削除されます。長く残す場合はルールを変更してください`,
);

/**
 * Completes what a remedy adds, so that the change mends one thing without breaking another: buckets that it
 * makes are closed, logged and expire old versions, logs are kept a year, a trail also writes to a log group;
 * versioning that it switches on comes with an expiry of old versions.
 */
export function completed(graph: ResourceGraph, edits: readonly Edit[]): Completed {
  const first: Text[] = [];
  const result = edits.flatMap((edit): readonly Edit[] => {
    if (edit.kind === 'add-resource') return completedResource(edit);
    const expiry = edit.kind === 'set-property' ? expiryFor(graph, edit) : undefined;
    if (!expiry) return [edit];
    first.push(VERSIONS_EXPIRE);
    return [edit, expiry];
  });
  return { edits: result, first };
}

const EXPIRY: EditValue = {
  Rules: [
    {
      Id: 'old-versions',
      Status: 'Enabled',
      NoncurrentVersionExpiration: { NoncurrentDays: DAYS_OF_VERSIONS },
    },
  ],
};

function expiryFor(graph: ResourceGraph, edit: Extract<Edit, { kind: 'set-property' }>): Edit | undefined {
  const bucket = graph.get(edit.resource);
  const switchesOn = edit.path[0] === 'VersioningConfiguration' && edit.value === 'Enabled';
  if (!switchesOn || bucket?.type !== 'AWS::S3::Bucket') return undefined;
  if (get(bucket.properties, 'LifecycleConfiguration').kind !== 'absent') return undefined;
  return setProperty(bucket, 'LifecycleConfiguration', EXPIRY);
}

function completedResource(edit: AddResource): readonly Edit[] {
  switch (edit.type) {
    case 'AWS::S3::Bucket':
      return [completedBucket(edit)];
    case 'AWS::Logs::LogGroup':
      return [{ ...edit, properties: { ...edit.properties, RetentionInDays: DAYS_OF_LOGS } }];
    case 'AWS::CloudTrail::Trail':
      return completedTrail(edit);
    default:
      return [edit];
  }
}

function completedBucket(edit: AddResource): Edit {
  const isLogBucket = edit.logicalId === 'LogBucket';
  return {
    ...edit,
    properties: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: EXPIRY,
      ...(isLogBucket
        ? {}
        : {
            LoggingConfiguration: {
              DestinationBucketName: ref('LogBucket'),
              LogFilePrefix: `${edit.logicalId}/`,
            },
          }),
      ...edit.properties,
    },
  };
}

function completedTrail(edit: AddResource): readonly Edit[] {
  if (edit.properties.CloudWatchLogsLogGroupArn !== undefined) return [edit];
  return [
    addResource('TrailLogGroup', 'AWS::Logs::LogGroup', { RetentionInDays: DAYS_OF_LOGS }),
    addResource('TrailLogRole', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      Policies: [
        {
          PolicyName: 'write-logs',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: getAtt('TrailLogGroup', 'Arn'),
              },
            ],
          },
        },
      ],
    }),
    {
      ...edit,
      properties: {
        ...edit.properties,
        CloudWatchLogsLogGroupArn: getAtt('TrailLogGroup', 'Arn'),
        CloudWatchLogsRoleArn: getAtt('TrailLogRole', 'Arn'),
      },
    },
  ];
}
