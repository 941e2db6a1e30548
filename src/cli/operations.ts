import { UsageError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { type Language, type Text, text } from '../kernel/texts.ts';
import { type LoadedService, loadService } from '../platform/loaded-service.ts';
import { SERVICES } from '../services/registry.generated.ts';
import type { Command } from './command.ts';
import { OUT_OPTION, writeAnswer } from './output.ts';

/** Which operations of a service are built. */
export interface OperationList {
  readonly service: string;
  readonly built: readonly string[];
  readonly notBuilt: readonly string[];
  /** Why, by operation, where that is known. */
  readonly reasons: Readonly<Record<string, Text>>;
}

export const command: Command = {
  name: 'operations',
  operands: '[SERVICE…]',
  summary: text('which operations of each service are built', 'サービスごとに実装済みの操作を一覧する'),
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json', 'markdown'],
      value: 'text|json|markdown',
      help: text('form of the answer (default: text)', '出力形式(既定:text)'),
    },
    ...OUT_OPTION,
  },
  examples: ['honmaru operations', 'honmaru operations iam', 'honmaru operations --format markdown'],

  async run(invocation, terminal) {
    const lists = await operationLists(invocation.operands);
    const format = invocation.option('format') ?? 'text';
    const whole = invocation.operands.length > 0;
    writeAnswer(render(lists, format, whole, invocation.language), invocation, terminal);
    return 0;
  },
};

/** @throws UsageError `unknown-service`, naming the nearest one. */
export async function operationLists(ids: readonly string[]): Promise<readonly OperationList[]> {
  for (const id of ids) if (!SERVICES.some((entry) => entry.id === id)) throw unknownService(id);
  const wanted = SERVICES.filter(({ id }) => ids.length === 0 || ids.includes(id));
  return Promise.all(wanted.map(async (entry) => listOf(await loadService(await entry.load()))));
}

function unknownService(id: string): UsageError {
  const meant = nearest(
    id,
    SERVICES.map((entry) => entry.id),
  );
  return new UsageError({
    code: 'unknown-service',
    message: text(`there is no service "${id}"`, `「${id}」というサービスはありません`),
    ...(meant && { remedy: text(`did you mean ${meant}?`, `${meant} のことですか?`) }),
  });
}

function listOf({ id, model, built, definition }: LoadedService): OperationList {
  const names = [...model.operations.keys()].sort();
  const notBuilt = names.filter((name) => !built(name));
  const reasons = Object.entries(definition.notBuilt ?? {}).filter(([name]) => notBuilt.includes(name));
  return {
    service: id,
    built: names.filter((name) => built(name)),
    notBuilt,
    reasons: Object.fromEntries(reasons),
  };
}

function render(lists: readonly OperationList[], format: string, whole: boolean, language: Language): string {
  if (format === 'json')
    return `${JSON.stringify({ schema: 'honmaru.operations/1', services: lists }, undefined, 2)}\n`;
  if (format === 'markdown') return markdown(lists);
  return lists.map((list) => lines(list, whole, language)).join('');
}

function lines(
  { service, built, notBuilt, reasons }: OperationList,
  whole: boolean,
  language: Language,
): string {
  const head = `${service}: ${built.length} of ${built.length + notBuilt.length} operations are built\n`;
  if (!whole) return head;
  const why = (name: string) => (Object.hasOwn(reasons, name) ? `: ${reasons[name]?.[language]}` : '');
  const missing = notBuilt.map((name) => `  not built  ${name}${why(name)}\n`);
  return [head, ...built.map((name) => `  built      ${name}\n`), ...missing].join('');
}

function markdown(lists: readonly OperationList[]): string {
  const rows = lists.map(
    ({ service, built, notBuilt }) =>
      `| ${service} | ${built.length} of ${built.length + notBuilt.length} | ${notBuilt.slice(0, 12).join(', ')}${notBuilt.length > 12 ? ', …' : ''} |`,
  );
  return ['| Service | Operations built | Not built (answer 501) |', '|---|---|---|', ...rows, ''].join('\n');
}
