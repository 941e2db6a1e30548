import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, any, isFalse, isOneOf, isTrue, not, YES } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { REGION_TYPE, type Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { declared, serviceState } from '../account-service.ts';
import { addResource, getAtt, ref, setProperty, sub } from '../edits.ts';
import { chain, partial, presenceOf } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const RECORDER = 'AWS::Config::ConfigurationRecorder';

const FACETS = {
  recording: { id: 'recording', name: text('recording', '記録') },
  types: { id: 'all-types', name: text('all resource types', 'すべてのリソースタイプ') },
  delivery: { id: 'delivery', name: text('delivery', '配信') },
} as const satisfies Record<string, FacetName>;

/**
 * AWS Config of the region. Source: AWS Config developer guide, "Working with the configuration recorder"
 * and "Managing the delivery channel"; most controls of Security Hub read what it records.
 */
export const definition = safeguard({
  id: 'config',
  name: text('AWS Config', 'AWS Config'),
  alsoKnownAs: ['Config', 'コンフィグ', '構成記録', '設定履歴', 'configuration recorder'],
  factor: 'human-error',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it records how each resource is set and when that changed, and rules tell when a setting is wrong.',
    'それ自体は何も止めません。各リソースの設定とその変更を記録し、ルールで誤った設定を知らせます。',
  ),
  doesNotStop: text(
    'The wrong setting; it is noticed after it was made.',
    '誤った設定そのもの(変更後に検知します)。',
  ),
  confusedWith: text(
    'Config records settings, CloudTrail records who changed them, Security Hub judges them by standards.',
    'Configは設定の状態、CloudTrailは変更した人、Security Hubは基準に照らした判定を扱います。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [REGION_TYPE],
  presence: (graph) =>
    serviceState(graph, [RECORDER], (recorder) => recorderPresence(graph, recorder), {
      what: text('configuration recorder', '設定レコーダー'),
      command: 'aws configservice describe-configuration-recorder-status',
    }),
  remedy,
});

function recorderPresence(graph: ResourceGraph, recorder: Resource): Presence {
  const group = property(recorder, 'RecordingGroup');
  const all = any([
    isTrue(get(group, 'AllSupported'), group.kind === 'absent' ? YES : { is: 'no' }),
    isOneOf(get(group, 'RecordingStrategy', 'UseOnly'), ['ALL_SUPPORTED_RESOURCE_TYPES']),
  ]);
  const typesRecorded =
    all.is === 'no'
      ? partial(text('only some resource types are recorded', '一部のリソースタイプだけを記録します'), group)
      : presenceOf(all, {
          on: text('all resource types are recorded', 'すべてのリソースタイプを記録します'),
          off: text('no resource type is recorded', '記録するリソースタイプがありません'),
          unknown: text('which types are recorded is not decided', '記録の対象が未確定です'),
        });
  return chain([
    {
      facet: FACETS.recording,
      presence: presenceOf(records(recorder), {
        on: text('the recorder runs', '記録が動作します'),
        off: text('the recorder is not started', '記録が開始されません'),
        unknown: text('whether the recorder runs is not decided', '記録の開始が未確定です'),
      }),
    },
    { facet: FACETS.types, presence: typesRecorded },
    {
      facet: FACETS.delivery,
      presence: presenceOf(any(declared(graph, 'AWS::Config::DeliveryChannel').map((each) => each.exists)), {
        on: text('a delivery channel takes the records', '配信チャネルがあります'),
        off: text(
          'no delivery channel: the recorder cannot start',
          '配信チャネルがなく、記録を開始できません',
        ),
        unknown: text('whether there is a delivery channel is not decided', '配信チャネルの有無が未確定です'),
      }),
    },
  ]);
}

/**
 * CloudFormation starts a recorder when it creates it; Terraform only by a resource of its own
 * (`aws_config_configuration_recorder_status`), whose setting is read as `Recording`.
 */
function records(recorder: Resource): Answer {
  const recording = property(recorder, 'Recording');
  if (recording.kind !== 'absent' || recorder.id.startsWith('tf:')) return isTrue(recording);
  return not(isFalse(property(recorder, 'StartedOnCreate')));
}

function remedy(graph: ResourceGraph): Remedy {
  const summary = text('Record the configuration of all resources.', 'すべてのリソースの設定を記録します。');
  const [existing] = declared(graph, RECORDER);
  const channel = addResource('ConfigDelivery', 'AWS::Config::DeliveryChannel', {
    S3BucketName: ref('ConfigBucketPolicy'),
  });
  const bucket = [
    addResource('ConfigBucket', 'AWS::S3::Bucket', {}),
    addResource('ConfigBucketPolicy', 'AWS::S3::BucketPolicy', {
      Bucket: ref('ConfigBucket'),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['s3:GetBucketAcl', 's3:ListBucket'],
            Resource: getAtt('ConfigBucket', 'Arn'),
            Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: sub('{ConfigBucket.Arn}/AWSLogs/{AWS::AccountId}/Config/*'),
            Condition: {
              StringEquals: {
                's3:x-amz-acl': 'bucket-owner-full-control',
                'aws:SourceAccount': ref('AWS::AccountId'),
              },
            },
          },
        ],
      },
    }),
  ];
  if (existing) {
    const delivered = declared(graph, 'AWS::Config::DeliveryChannel').length > 0;
    return {
      summary,
      edits: [
        setProperty(existing, 'RecordingGroup', { AllSupported: true, IncludeGlobalResourceTypes: true }),
        ...(delivered ? [] : [...bucket, channel]),
      ],
    };
  }
  return {
    summary,
    edits: [
      ...bucket,
      addResource('ConfigRecorder', RECORDER, {
        RoleARN: sub(
          'arn:{AWS::Partition}:iam::{AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
        ),
        RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
      }),
      channel,
    ],
    needs: [
      text(
        'the service-linked role of Config (aws iam create-service-linked-role --aws-service-name config.amazonaws.com)',
        'Configのサービスリンクロール(aws iam create-service-linked-role --aws-service-name config.amazonaws.com)',
      ),
    ],
  };
}
