import { SHORT_TAGS } from '../short-tags.ts';
import { uncommon } from './uncommon.ts';

const TAG = /![A-Za-z0-9]+(?= |\n)/y;

/**
 * The short tag of CloudFormation that begins at an offset and that something follows.
 *
 * @throws Uncommon for any other tag.
 */
export function shortTag(source: string, at: number): string {
  TAG.lastIndex = at;
  const tag = TAG.exec(source)?.[0];
  return tag !== undefined && SHORT_TAGS.has(tag) ? tag : uncommon();
}
