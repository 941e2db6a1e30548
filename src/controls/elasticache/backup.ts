import { text } from '../../kernel/texts.ts';
import { all, isOneOf, NO, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import type { Condition } from '../property.ts';

/** Memcached keeps nothing, and nodes of the type cache.t1.micro cannot be backed up (ElastiCache guide). */
export const CAN_BE_BACKED_UP: Condition = {
  holds: ({ properties }) =>
    all([
      not(isOneOf(get(properties, 'Engine'), ['memcached'], NO)),
      not(isOneOf(get(properties, 'CacheNodeType'), ['cache.t1.micro'], NO)),
    ]),
  otherwise: text('this kind of cache cannot be backed up', 'この種類のキャッシュはバックアップできません'),
};
