import type { Scalar } from '../../kernel/document.ts';

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSES = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * What an unquoted YAML scalar means: null, booleans and decimal numbers as in YAML 1.1, which
 * CloudFormation reads ("CloudFormation template formats"); a number that JavaScript would write
 * otherwise (`012345678901`, `1.30`) and a date stay strings, so that nothing of them is lost.
 */
export function plainScalar(source: string): Scalar {
  if (NULLS.has(source)) return null;
  if (TRUES.has(source)) return true;
  if (FALSES.has(source)) return false;
  if (!NUMBER.test(source)) return source;
  const number = Number(source);
  return String(number) === source ? number : source;
}
