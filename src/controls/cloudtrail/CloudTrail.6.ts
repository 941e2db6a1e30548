import { text } from '../../kernel/texts.ts';
import { control } from '../control.ts';
import { definition as publicRead } from '../s3/S3.2.ts';
import { isTrailBucket } from './trail-buckets.ts';

/** AWS Security Hub controls reference, CloudTrail.6. */
export const definition = control({
  id: 'CloudTrail.6',
  title: text('The bucket of a trail is not public', '証跡を置くバケットが公開されていない'),
  severity: 'critical',
  resourceTypes: ['AWS::S3::Bucket'],
  mappings: {},
  basis: 'effective',
  concerns: isTrailBucket,
  evaluate: (bucket, graph) => publicRead.evaluate(bucket, graph),
  remedy: (bucket, graph) => publicRead.remedy(bucket, graph),
});
