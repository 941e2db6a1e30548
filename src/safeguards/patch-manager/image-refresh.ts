import type { ResourceGraph } from '../../environment/graph.ts';
import { launchValue } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { numberFrom } from '../../model/value.ts';
import { on } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { leadingText, property } from '../values.ts';

const THIRTY_DAYS = 30 * 24 * 3600;

/**
 * An Auto Scaling group whose servers are replaced at least every 30 days, by an image that is looked up
 * at each launch (Amazon EC2 Auto Scaling user guide, "Use AWS Systems Manager parameters instead of AMI
 * IDs in launch templates"). An image that is fixed when the stack is deployed does not count.
 */
export function imageRefresh(graph: ResourceGraph, group: Resource): Presence | undefined {
  if (group.type !== 'AWS::AutoScaling::AutoScalingGroup') return undefined;
  const lifetime = property(group, 'MaxInstanceLifetime');
  const seconds = numberFrom(lifetime);
  if (seconds === undefined || seconds === 0 || seconds > THIRTY_DAYS) return undefined;
  const image = launchValue(graph, group, 'ImageId');
  if (!leadingText(image)?.startsWith('resolve:ssm:')) return undefined;
  return on(
    text(
      'its servers are replaced at least every 30 days with the newest image',
      'サーバーが30日以内ごとに最新のイメージへ入れ替わります',
    ),
    lifetime,
  );
}
