import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isOneOf, YES } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { REGION_TYPE, type Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import { declared, serviceState } from '../account-service.ts';
import { addResource, setProperty } from '../edits.ts';
import { on, presenceOf, providedBy, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const SESSION = 'AWS::Macie::Session';
/** Declared by Terraform only; CloudFormation has no such type. */
const JOB = 'AWS::Macie::ClassificationJob';

/**
 * Amazon Macie. Sources: CloudFormation, "AWS::Macie::Session"; Amazon Macie user guide, "Performing
 * automated sensitive data discovery" and "Creating a sensitive data discovery job" (which buckets are
 * looked at cannot be declared in CloudFormation).
 */
export const definition = safeguard({
  id: 'macie',
  name: text('Amazon Macie', 'Amazon Macie'),
  alsoKnownAs: ['Macie', 'Marcie', 'メイシー', '機密情報の検出', '個人情報の検出'],
  factor: 'credential-leak',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it finds personal data, card numbers and keys in buckets, and buckets that are open.',
    'それ自体は何も止めません。バケットの中の個人情報・カード番号・キーと、公開されたバケットを見つけます。',
  ),
  doesNotStop: text(
    'Reading of what it found; it does not look into databases.',
    '見つかったデータへのアクセス(データベースの中は対象外です)。',
  ),
  confusedWith: text(
    'Macie looks at what is stored in S3; GuardDuty at what happens; Inspector at software.',
    'MacieはS3に保存された中身、GuardDutyは起きている事象、Inspectorはソフトウェアを調べます。',
  ),
  attachesTo: [REGION_TYPE, 'AWS::S3::Bucket'],
  presence: (graph, place) => (place.type === REGION_TYPE ? ofRegion(graph) : ofBucket(graph, place)),
  remedy: (graph): Remedy => {
    const [session] = declared(graph, SESSION);
    return {
      summary: text('Enable Macie in the region.', 'リージョンでMacieを有効にします。'),
      edits: session
        ? [setProperty(session, 'Status', 'ENABLED')]
        : [
            addResource('MacieSession', SESSION, {
              Status: 'ENABLED',
              FindingPublishingFrequency: 'SIX_HOURS',
            }),
          ],
    };
  },
});

function ofRegion(graph: ResourceGraph): Presence {
  return serviceState(
    graph,
    [SESSION],
    (session) =>
      presenceOf(
        isOneOf(property(session, 'Status'), ['ENABLED'], YES),
        {
          on: text('Macie is enabled in this region', 'このリージョンでMacieが有効です'),
          off: text('Macie is paused', 'Macieは一時停止しています'),
          unknown: text('whether Macie is enabled is not decided', 'Macieが有効かどうかが未確定です'),
        },
        property(session, 'Status'),
      ),
    { what: text('Macie session', 'Macieの有効化'), command: 'aws macie2 get-macie-session' },
  );
}

/** Without Macie a bucket is not looked at; with it, only a job says that this bucket is. */
function ofBucket(graph: ResourceGraph, bucket: Resource): Presence {
  const region = ofRegion(graph);
  if (region.state !== 'on') return region;
  const job = declared(graph, JOB).find((each) => looksInto(graph, each, bucket));
  if (job) return providedBy(job, on(text(`${job.name} looks into it`, `${job.name}が中身を調べます`)));
  return {
    ...unsure(
      text(
        'Macie is enabled; whether it looks into this bucket: aws macie2 describe-buckets (Terraform: aws_macie2_classification_job)',
        'Macieは有効です。このバケットを調べるかどうかの確認: aws macie2 describe-buckets(Terraformではaws_macie2_classification_job)',
      ),
    ),
    ...(region.basis ? { basis: region.basis } : {}),
  };
}

function looksInto(graph: ResourceGraph, job: Resource, bucket: Resource): boolean {
  if (isOneOf(property(job, 'JobStatus'), ['USER_PAUSED', 'CANCELLED']).is === 'yes') return false;
  return itemsOf(property(job, 'S3JobDefinition', 'BucketDefinitions'))
    .flatMap((each) => itemsOf(get(each, 'Buckets')))
    .some((each) => graph.target(each)?.id === bucket.id);
}
