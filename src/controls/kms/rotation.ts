import { text } from '../../kernel/texts.ts';
import { all, isOneOf, YES } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import type { Condition } from '../property.ts';

/** Only symmetric encryption keys whose material KMS made can rotate by themselves. */
export const CAN_ROTATE: Condition = {
  holds: ({ properties }) =>
    all([
      isOneOf(get(properties, 'KeySpec'), ['SYMMETRIC_DEFAULT'], YES),
      isOneOf(get(properties, 'KeyUsage'), ['ENCRYPT_DECRYPT'], YES),
      isOneOf(get(properties, 'Origin'), ['AWS_KMS'], YES),
    ]),
  otherwise: text(
    'a key of this kind cannot rotate by itself',
    'この種類のキーは自動ローテーションできません',
  ),
};
