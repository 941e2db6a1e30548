import type { ResourceGraph } from '../../environment/graph.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, EditValue } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { addResource, getAtt, logicalId, ref, setProperty, sub } from '../../safeguards/edits.ts';
import { isList, isMap } from '../document/functions.ts';
import type { Answers } from './change.ts';
import { keepOut, rolesOverAllBuckets, rolesThatUse } from './servers.ts';
import { denyPlainHttp, LOCKABLE, TOLD } from './supplies.ts';

type AddResource = Extract<Edit, { readonly kind: 'add-resource' }>;
type SetProperty = Extract<Edit, { readonly kind: 'set-property' }>;

/** Edits that also meet the controls which the same change would otherwise break. */
export interface Completed {
  readonly edits: readonly Edit[];
  readonly first: readonly Text[];
}

const DAYS_OF_VERSIONS = 90;
const DAYS_OF_LOGS = 365;
const DAYS_LOCKED = 365;

const VERSIONS_EXPIRE = text(
  `versions that were overwritten or deleted are removed after ${DAYS_OF_VERSIONS} days; change the rule where you need them longer`,
  `上書き・削除されたバージョンは${DAYS_OF_VERSIONS}日後に削除されます。長く残す場合はルールを変更してください`,
);

const OBJECTS_ARE_RECORDED = text(
  'every read and write of an object is recorded, 0.10 USD for a hundred thousand; where buckets are read millions of times a day, leave it out with --set TrailDataEvents=none',
  'オブジェクトの読み書きもすべて記録されます(10万件ごとに0.10米ドル)。1日に何百万回も読まれるバケットがある場合は --set TrailDataEvents=none で外してください',
);

const TRAIL_IS_LOCKED = text(
  `log files of the trail cannot be erased for ${DAYS_LOCKED} days (Object Lock, governance mode: only who may s3:BypassGovernanceRetention can)`,
  `証跡のログファイルは${DAYS_LOCKED}日間削除できません(オブジェクトロックのガバナンスモード。s3:BypassGovernanceRetention の権限が必要)`,
);

/**
 * Completes what a remedy adds, so that the change mends one thing without breaking another: buckets that it
 * makes are closed, logged, out of reach of the servers, tell EventBridge what happens in them and expire old
 * versions; the trail's bucket is locked; trails, log groups and topics are encrypted under a key of your own and
 * logs are kept a year; a trail also writes to a log group and records what is done with objects; permissions stand in managed policies; versioning that it switches on comes with an
 * expiry of old versions; who works with a bucket may use the bucket's new key.
 *
 * @param home the file in which the change is written
 * @param answers where `TrailDataEvents` is `none`, a trail records no events of objects
 */
export function completed(
  graph: ResourceGraph,
  edits: readonly Edit[],
  home: SourceFile | undefined,
  answers: Pick<Answers, 'values'>,
): Completed {
  const first = new Set<Text>();
  const completion = new Completion(graph, home, first, answers.values.get('TrailDataEvents') !== 'none');
  const whole = edits.flatMap((edit) => completion.of(edit)).flatMap((edit) => finished(edit));
  return { edits: whole, first: [...first] };
}

class Completion {
  readonly #graph: ResourceGraph;
  readonly #home: SourceFile | undefined;
  readonly #first: Set<Text>;
  readonly #recordsObjects: boolean;

  constructor(graph: ResourceGraph, home: SourceFile | undefined, first: Set<Text>, recordsObjects: boolean) {
    this.#graph = graph;
    this.#home = home;
    this.#first = first;
    this.#recordsObjects = recordsObjects;
  }

  of(edit: Edit): readonly Edit[] {
    if (edit.kind === 'set-property') return [edit, ...this.#withExpiry(edit), ...this.#withKeyUsers(edit)];
    if (edit.kind !== 'add-resource') return [edit];
    switch (edit.type) {
      case 'AWS::S3::Bucket':
        return [this.#bucket(edit)];
      case 'AWS::S3::BucketPolicy':
        return [this.#bucketPolicy(edit)];
      case 'AWS::CloudTrail::Trail':
        return completedTrail(this.#withObjects(edit));
      default:
        return [edit];
    }
  }

  #withExpiry(edit: SetProperty): readonly Edit[] {
    const bucket = this.#graph.get(edit.resource);
    const switchesOn = edit.path[0] === 'VersioningConfiguration' && edit.value === 'Enabled';
    if (!switchesOn || bucket?.type !== 'AWS::S3::Bucket') return [];
    if (get(bucket.properties, 'LifecycleConfiguration').kind !== 'absent') return [];
    this.#first.add(VERSIONS_EXPIRE);
    return [setProperty(bucket, 'LifecycleConfiguration', EXPIRY)];
  }

  /** Amazon S3 user guide, "Using server-side encryption with AWS KMS keys": who reads or writes needs the key too. */
  #withKeyUsers(edit: SetProperty): readonly Edit[] {
    const bucket = this.#graph.get(edit.resource);
    if (bucket?.type !== 'AWS::S3::Bucket' || edit.path[0] !== 'BucketEncryption') return [];
    const key = logicalId(bucket, 'Key');
    this.#first.add(keyUsers(bucket));
    return rolesThatUse(this.#graph, bucket, this.#home).map((role) =>
      addResource(logicalId(role, `Uses${key}`), 'AWS::IAM::ManagedPolicy', {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: getAtt(key, 'Arn') },
          ],
        },
        Roles: [ref(role)],
      }),
    );
  }

  /** AWS CloudTrail user guide, "Logging data events": `arn:aws:s3` stands for every object of every bucket. */
  #withObjects(edit: AddResource): AddResource {
    if (!this.#recordsObjects || edit.properties.EventSelectors !== undefined) return edit;
    this.#first.add(OBJECTS_ARE_RECORDED);
    const selector = {
      ReadWriteType: 'All',
      IncludeManagementEvents: true,
      DataResources: [{ Type: 'AWS::S3::Object', Values: [sub('arn:{AWS::Partition}:s3')] }],
    };
    return { ...edit, properties: { ...edit.properties, EventSelectors: [selector] } };
  }

  #bucket(edit: AddResource): Edit {
    const isTrail = edit.logicalId === 'TrailBucket';
    if (isTrail) this.#first.add(TRAIL_IS_LOCKED);
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
        ...edit.properties,
        ...(isTrail ? LOCKED : LOCKABLE),
        NotificationConfiguration: TOLD,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: getAtt('SafeguardsKey', 'Arn'),
              },
            },
          ],
        },
        LifecycleConfiguration: EXPIRY,
        LoggingConfiguration: {
          DestinationBucketName: ref('LogBucket'),
          LogFilePrefix: `${edit.logicalId}/`,
        },
      },
    };
  }

  #bucketPolicy(edit: AddResource): Edit {
    const bucket = isMap(edit.properties.Bucket) ? edit.properties.Bucket.Ref : undefined;
    const document = edit.properties.PolicyDocument;
    if (typeof bucket !== 'string' || !isMap(document) || !isList(document.Statement)) return edit;
    if (!ADDED_FOR_LOGS.includes(bucket)) return edit;
    const statements: readonly EditValue[] = document.Statement;
    const deniesPlain = JSON.stringify(statements).includes('aws:SecureTransport');
    const roles = rolesOverAllBuckets(this.#graph, this.#home);
    return {
      ...edit,
      properties: {
        ...edit.properties,
        PolicyDocument: {
          ...document,
          Statement: [
            ...statements,
            ...(deniesPlain ? [] : [denyPlainHttp(bucket)]),
            ...keepOut(bucket, roles),
          ],
        },
      },
    };
  }
}

const ADDED_FOR_LOGS = ['TrailBucket', 'ConfigBucket'];

function keyUsers(bucket: Resource): Text {
  return text(
    `whoever else reads or writes ${bucket.name} (people, pipelines, other accounts) needs kms:GenerateDataKey and kms:Decrypt on the new key`,
    `${bucket.name}を読み書きするほかの利用者(人・パイプライン・別アカウント)にも、新しい鍵の kms:GenerateDataKey と kms:Decrypt の権限が必要です`,
  );
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

/**
 * A trail can be delivered to a bucket whose objects are kept for a time by themselves; AWS Config cannot (AWS Config
 * developer guide, "Permissions for the Amazon S3 Bucket"), only to one whose objects people may lock one by one.
 */
const LOCKED = {
  ObjectLockEnabled: true,
  ObjectLockConfiguration: {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: DAYS_LOCKED } },
  },
};

/** What holds for added resources wherever they come from, also those of a completion. */
function finished(edit: Edit): readonly Edit[] {
  if (edit.kind !== 'add-resource') return [edit];
  const { properties } = edit;
  switch (edit.type) {
    case 'AWS::Logs::LogGroup':
      return [
        {
          ...edit,
          properties: {
            ...properties,
            RetentionInDays: DAYS_OF_LOGS,
            KmsKeyId: getAtt('SafeguardsKey', 'Arn'),
          },
        },
      ];
    case 'AWS::SNS::Topic':
      return [{ ...edit, properties: { KmsMasterKeyId: ref('SafeguardsKey'), ...properties } }];
    case 'AWS::IAM::Role':
      return withManagedPolicies(edit);
    case 'AWS::IAM::Policy':
      return [managed(edit)];
    default:
      return [edit];
  }
}

/** Inline policies as managed ones, which can be reviewed and used again; the role names them, so they come first. */
function withManagedPolicies(role: AddResource): readonly Edit[] {
  const { Policies, ...properties } = role.properties;
  if (!isList(Policies)) return [role];
  const added = Policies.filter(isMap).map((policy, index) =>
    addResource(
      `${role.logicalId}Policy${index === 0 ? '' : index + 1}`,
      'AWS::IAM::ManagedPolicy',
      policy.PolicyDocument === undefined ? {} : { PolicyDocument: policy.PolicyDocument },
    ),
  );
  const arns = added.map((each) => (each.kind === 'add-resource' ? ref(each.logicalId) : null));
  return [...added, { ...role, properties: { ...properties, ManagedPolicyArns: arns } }];
}

function managed(policy: AddResource): Edit {
  const { PolicyName: _, ...properties } = policy.properties;
  return { ...policy, type: 'AWS::IAM::ManagedPolicy', properties };
}

function completedTrail(edit: AddResource): readonly Edit[] {
  const trail = {
    ...edit,
    properties: { ...edit.properties, KMSKeyId: getAtt('SafeguardsKey', 'Arn') },
  };
  if (edit.properties.CloudWatchLogsLogGroupArn !== undefined) return [trail];
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
      ...trail,
      properties: {
        ...trail.properties,
        CloudWatchLogsLogGroupArn: getAtt('TrailLogGroup', 'Arn'),
        CloudWatchLogsRoleArn: getAtt('TrailLogRole', 'Arn'),
      },
    },
  ];
}
