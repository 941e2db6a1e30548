import { entryOf, type MapNode } from '../../kernel/document.ts';
import { parseOperator } from '../conditions/operator.ts';
import { textsOf } from './texts-of.ts';

/**
 * The offset of the first text that IAM's older parser does not read, or undefined: an ARN with empty
 * segments but too few of them or without a service, a date that is none.
 */
export function legacyFlaw(statement: MapNode): number | undefined {
  const arn = textsOf(statement, 'Resource', 'NotResource').find(({ text }) => !isReadableArn(text));
  return arn?.offset ?? dateFlaw(statement);
}

function isReadableArn(text: string): boolean {
  const segments = text.split(':');
  if (segments.length < 3) return true;
  if (segments.length < 6 && text.includes('::')) return segments[0] !== 'arn';
  return segments[0] !== 'arn' || segments[2] !== '';
}

function dateFlaw(statement: MapNode): number | undefined {
  const condition = entryOf(statement, 'Condition')?.value;
  if (condition?.kind !== 'map') return undefined;
  for (const operator of condition.entries) {
    if (parseOperator(operator.key)?.comparison.family !== 'date' || operator.value.kind !== 'map') continue;
    for (const key of operator.value.entries) {
      const values = key.value.kind === 'list' ? key.value.items : [key.value];
      const wrong = values.find((value) => value.kind === 'scalar' && !isReadableDate(String(value.value)));
      if (wrong !== undefined) return wrong.start;
    }
  }
  return undefined;
}

const DATE =
  /^-?\d{1,15}(?:-\d{2}(?:-\d{2})?)?(?:[Tt](?:\d{2}(?::\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?$/;

function isReadableDate(text: string): boolean {
  return DATE.test(text);
}
