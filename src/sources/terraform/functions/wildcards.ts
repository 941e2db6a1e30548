/** Whether a name matches a pattern of `*` and `?`; takes time in proportion to both lengths' product at most. */
export function matchesWildcard(name: string, pattern: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (at < name.length) {
    const wanted = pattern[position];
    if (wanted === '*') {
      star = position++;
      resume = at;
    } else if (wanted === '?' || wanted === name[at]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      position = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[position] === '*') position += 1;
  return position === pattern.length;
}
