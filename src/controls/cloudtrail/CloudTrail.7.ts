import { text } from '../../kernel/texts.ts';
import { control } from '../control.ts';
import { definition as accessLogging } from '../s3/S3.9.ts';
import { isTrailBucket } from './trail-buckets.ts';

/** AWS Security Hub controls reference, CloudTrail.7. */
export const definition = control({
  id: 'CloudTrail.7',
  title: text('The bucket of a trail logs requests', '証跡を置くバケットのアクセスログが有効'),
  severity: 'low',
  resourceTypes: ['AWS::S3::Bucket'],
  mappings: { 'cis-5.0': ['3.4'] },
  basis: 'effective',
  concerns: isTrailBucket,
  evaluate: (bucket, graph) => accessLogging.evaluate(bucket, graph),
  remedy: (bucket, graph) => accessLogging.remedy(bucket, graph),
});
