import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const NAME = 'Safeguards';

/** The construct below which everything that is added to a stack stands. */
export function supportOf(stack: Stack): Construct {
  const present = stack.node.tryFindChild(NAME);
  return present instanceof Construct ? present : new Construct(stack, NAME);
}

/** What the safeguards of one stack share, such as its log bucket: made when it is first asked for. */
export function shared<T extends Construct>(
  stack: Stack,
  id: string,
  make: (scope: Construct, id: string) => T,
): T {
  const support = supportOf(stack);
  return (support.node.tryFindChild(id) as T | undefined) ?? make(support, id);
}

/** The ARN pattern of this partition for a service, such as `arn:aws:s3:::name`. */
export function partitionArn(scope: Construct, rest: string): string {
  return `arn:${Stack.of(scope).partition}:${rest}`;
}
