import type { Order } from './operator.ts';

const INTEGER = /^[+-]?\d{1,40}$/;
const DECIMAL = /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?$/;

/** An exact integer where a double would round (above 2^53), else a double. */
export type ExactNumber = number | bigint;

/** Reads a decimal number of a policy or a request; undefined when the text is none. */
export function parseNumber(text: string): ExactNumber | undefined {
  if (INTEGER.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text.replace('+', ''));
  }
  return DECIMAL.test(text) ? Number(text) : undefined;
}

/** Whether `left` stands in the order to `right`. */
export function inOrder(left: ExactNumber, order: Order, right: ExactNumber): boolean {
  switch (order) {
    case 'equal':
      return left >= right && left <= right;
    case 'less':
      return left < right;
    case 'less-or-equal':
      return left <= right;
    case 'greater':
      return left > right;
    case 'greater-or-equal':
      return left >= right;
  }
}
