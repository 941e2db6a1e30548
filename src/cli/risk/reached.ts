import type { EnvironmentReading } from '../../environment/read.ts';
import { UsageError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { readFrom } from '../environment-options.ts';

/**
 * Refuses a name of `--reaches` that nothing in the folder has, before it is written: a risk that reaches
 * nothing would make every later assessment fail. A folder that holds no environment is not asked.
 *
 * @throws UsageError `risk-reaches`.
 */
export async function checkReached(
  names: readonly string[],
  folder: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<void> {
  const known = namesIn(await readFrom({ ...invocation, operands: [folder] }, terminal));
  if (known.size === 0) return;
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, [...known]);
  throw new UsageError({
    code: 'risk-reaches',
    message: text(`there is no asset "${unknown}"`, `「${unknown}」という資産はありません`),
    remedy: meant
      ? text(`did you mean "${meant}"?`, `「${meant}」のことですか`)
      : text(
          'name a resource, or add the asset first: honmaru asset add',
          'リソースの名前を指定するか、先に honmaru asset add で資産を追加してください',
        ),
  });
}

function namesIn({ graph, register }: EnvironmentReading): ReadonlySet<string> {
  return new Set([
    ...graph.resources.flatMap(({ id, name }) => [id, name]),
    ...(register?.assets ?? []).flatMap(({ id }) => [id, id.slice('own:'.length)]),
  ]);
}
