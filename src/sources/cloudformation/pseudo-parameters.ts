import type { Span } from '../../kernel/source-file.ts';
import { absent, type Hole, known, unknown, type Value } from '../../model/value.ts';

const HOLES: ReadonlyMap<string, Hole['type']> = new Map<string, Hole['type']>([
  ['AWS::AccountId', 'account'],
  ['AWS::Region', 'region'],
  ['AWS::Partition', 'partition'],
  ['AWS::URLSuffix', 'other'],
  ['AWS::StackId', 'other'],
  ['AWS::StackName', 'other'],
  ['AWS::NotificationARNs', 'other'],
]);

/**
 * The value of a pseudo parameter ("Pseudo parameters reference"), or undefined when the name is none.
 * Accounts and regions are never invented: they stay holes. The stack's name is known only when given.
 */
export function pseudoParameter(name: string, stackName: string | undefined, span: Span): Value | undefined {
  if (name === 'AWS::NoValue') return absent(span);
  if (name === 'AWS::StackName' && stackName !== undefined) return known(stackName, span);
  const type = HOLES.get(name);
  return type ? unknown(name, 'pseudo-parameter', span, [{ type, expression: name }]) : undefined;
}
