import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { declared, serviceState } from '../account-service.ts';
import { addResource, appendPath, getAtt, ref, setProperty, sub } from '../edits.ts';
import { off, presenceOf, rollUp, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { dataEvents, managementEvents } from './selectors.ts';

const FACETS = {
  management: { id: 'management-events', name: text('management events', '管理イベント') },
  data: { id: 'data-events', name: text('data events', 'データイベント') },
  validation: { id: 'validation', name: text('log file validation', 'ログファイルの検証') },
  regions: { id: 'multi-region', name: text('every region', '全リージョン') },
} as const satisfies Record<string, FacetName>;

/**
 * A trail of the account. Source: AWS CloudTrail user guide, "Creating a trail for your AWS account",
 * "Logging management events" (on unless selectors say otherwise), "Logging data events" (off unless
 * selected) and "Validating CloudTrail log file integrity".
 */
export const definition = safeguard({
  id: 'cloudtrail',
  name: text('AWS CloudTrail', 'AWS CloudTrail'),
  alsoKnownAs: [
    'CloudTrail',
    'Croud Trail',
    'CroudTrail',
    'Cloud Trail',
    'クラウドトレイル',
    '証跡',
    'trail',
  ],
  factor: 'credential-leak',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it records who called which AWS API from where, so that misuse of credentials can be seen and proven.',
    'それ自体は何も止めません。誰がどこからどのAWS APIを呼んだかを記録し、認証情報の悪用を発見・証明できるようにします。',
  ),
  doesNotStop: text(
    'The call itself, reads of objects unless data events are selected, and what happens inside servers and databases.',
    '呼び出しそのもの、(データイベントを選ばない限り)オブジェクトの読み書き、サーバーやデータベースの中の操作。',
  ),
  confusedWith: text(
    'CloudTrail records API calls; CloudWatch collects metrics and logs; Config records how resources are set.',
    'CloudTrailはAPI呼び出し、CloudWatchはメトリクスとログ、Configはリソースの設定の変化を記録します。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [ACCOUNT_TYPE],
  presence: (graph) =>
    serviceState(graph, ['AWS::CloudTrail::Trail'], trail, {
      what: text('trail', '証跡(トレイル)'),
      command: 'aws cloudtrail describe-trails',
    }),
  remedy,
});

function trail(resource: Resource): Presence {
  const logging = property(resource, 'IsLogging');
  const isLogging = isTrue(logging);
  if (isLogging.is === 'no')
    return off(text('the trail does not log', '証跡がログを記録していません'), logging);
  if (isLogging.is === 'unknown')
    return unsure(text('whether it logs is not decided', 'ログを記録するかどうかが未確定です'), [logging]);
  return rollUp([
    {
      facet: FACETS.management,
      presence: presenceOf(managementEvents(resource), {
        on: text('API calls are recorded', 'API呼び出しを記録します'),
        off: text('API calls are not fully recorded', 'API呼び出しの一部またはすべてが記録されません'),
        unknown: text('what is recorded is not decided', '記録の対象が未確定です'),
      }),
    },
    {
      facet: FACETS.regions,
      presence: presenceOf(isTrue(property(resource, 'IsMultiRegionTrail')), {
        on: text('all regions', 'すべてのリージョンが対象です'),
        off: text('one region only', '1つのリージョンだけが対象です'),
        unknown: text('the regions are not decided', '対象リージョンが未確定です'),
      }),
    },
    {
      facet: FACETS.validation,
      presence: presenceOf(isTrue(property(resource, 'EnableLogFileValidation')), {
        on: text('changes to the logs show', 'ログの改ざんを検出できます'),
        off: text('changes to the logs do not show', 'ログの改ざんを検出できません'),
        unknown: text('whether logs are validated is not decided', '検証するかどうかが未確定です'),
      }),
    },
    {
      facet: FACETS.data,
      informative: true,
      presence: presenceOf(dataEvents(resource), {
        on: text('reads and writes of data are recorded', 'データの読み書きも記録します'),
        off: text('reads and writes of data are not recorded', 'データの読み書きは記録しません'),
        unknown: text('what is recorded is not decided', '記録の対象が未確定です'),
      }),
    },
  ]);
}

function remedy(graph: ResourceGraph): Remedy {
  const summary = text(
    'Record the API calls of all regions, with log file validation, in a bucket of their own.',
    '全リージョンのAPI呼び出しを、専用バケットに、ログファイルの検証を有効にして記録します。',
  );
  const existing = declared(graph, 'AWS::CloudTrail::Trail')[0];
  if (existing) {
    return {
      summary,
      edits: [
        setProperty(existing, 'IsLogging', true),
        setProperty(existing, 'IsMultiRegionTrail', true),
        setProperty(existing, 'IncludeGlobalServiceEvents', true),
        setProperty(existing, 'EnableLogFileValidation', true),
        ...managementEdits(existing),
      ],
    };
  }
  return {
    summary,
    edits: [
      addResource('TrailBucket', 'AWS::S3::Bucket', {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      }),
      addResource('TrailBucketPolicy', 'AWS::S3::BucketPolicy', {
        Bucket: ref('TrailBucket'),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudtrail.amazonaws.com' },
              Action: 's3:GetBucketAcl',
              Resource: getAtt('TrailBucket', 'Arn'),
            },
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudtrail.amazonaws.com' },
              Action: 's3:PutObject',
              Resource: sub('{TrailBucket.Arn}/AWSLogs/{AWS::AccountId}/*'),
              Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
            },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [getAtt('TrailBucket', 'Arn'), sub('{TrailBucket.Arn}/*')],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      }),
      addResource('Trail', 'AWS::CloudTrail::Trail', {
        // The trail checks its bucket when it is created; this reference makes the policy come first.
        S3BucketName: ref('TrailBucketPolicy'),
        IsLogging: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
      }),
    ],
  };
}

/** Selectors that leave management events out are told to take them. */
function managementEdits(trail: Resource): readonly Edit[] {
  if (managementEvents(trail).is !== 'no') return [];
  if (property(trail, 'AdvancedEventSelectors').kind !== 'absent') {
    return [
      setProperty(trail, appendPath(trail, 'AdvancedEventSelectors'), {
        FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
      }),
    ];
  }
  return [
    setProperty(trail, 'EventSelectors.0.IncludeManagementEvents', true),
    setProperty(trail, 'EventSelectors.0.ReadWriteType', 'All'),
  ];
}
