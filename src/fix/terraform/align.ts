const ARGUMENT = /^(\s*)("[^"]*"|[\w-]+) = (.*)$/;

/**
 * Lines of HCL as `terraform fmt` writes them: the equals signs of neighbouring one-line arguments of one block
 * stand in one column.
 */
export function alignLines(lines: readonly string[]): readonly string[] {
  const result = [...lines];
  for (let from = 0; from < result.length; ) {
    const indent = ARGUMENT.exec(result[from] ?? '')?.[1];
    if (indent === undefined || opens(result[from] ?? '')) {
      from += 1;
      continue;
    }
    let to = from;
    while (to < result.length && !opens(result[to] ?? '') && ARGUMENT.exec(result[to] ?? '')?.[1] === indent)
      to += 1;
    const names = result.slice(from, to).map((line) => ARGUMENT.exec(line)?.[2]?.length ?? 0);
    const width = Math.max(...names);
    for (let at = from; at < to; at += 1) {
      const [, space = '', name = '', value = ''] = ARGUMENT.exec(result[at] ?? '') ?? [];
      result[at] = `${space}${name.padEnd(width)} = ${value}`;
    }
    from = to;
  }
  return result;
}

/** Whether the value of a line goes on below: such a line stands for itself. */
function opens(line: string): boolean {
  return /[[{(]$/.test(line);
}
