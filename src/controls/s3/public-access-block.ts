import { type Answer, all, isTrue } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';

/** The four settings of S3 Block Public Access. */
export const BLOCK_SETTINGS = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;

/** Whether all four settings are on. A setting that is left out of a configuration is off. */
export function blocksAll(configuration: Value, whenAbsent: Answer): Answer {
  if (configuration.kind === 'absent') return whenAbsent;
  return all(BLOCK_SETTINGS.map((setting) => isTrue(get(configuration, setting))));
}
