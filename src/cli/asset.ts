import { UsageError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { text } from '../kernel/texts.ts';
import { ADD_ASSET_OPTIONS, addAsset } from './asset/add.ts';
import { LIST_FORMAT, listAssets } from './asset/list.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS } from './environment-options.ts';
import { DATA_OPTION } from './last-assessment.ts';
import { OUT_OPTION } from './output.ts';

type Action = (invocation: Invocation, terminal: Terminal) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['add', addAsset],
  ['list', listAssets],
]);

/** `honmaru asset …`: the inventory, and assets that no template shows (a PC, paper, a partner). */
export const command: Command = {
  name: 'asset',
  operands: 'add [FOLDER] | list [PATH…]',
  summary: text(
    'the asset inventory; add a PC, paper or a partner to it',
    '情報資産管理台帳の表示と、PC・書類・取引先などの追加',
  ),
  options: { ...ADD_ASSET_OPTIONS, ...LIST_FORMAT, ...OUT_OPTION, ...ENVIRONMENT_OPTIONS, ...DATA_OPTION },
  examples: [
    'honmaru asset add --name "Sales laptop" --kind pc --holds "customer list" --manager Sales --confidentiality 3',
    'honmaru asset list infrastructure/',
    'honmaru asset list --lang ja --format csv --out assets.csv',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const word = invocation.operands[0] ?? '';
  const action = ACTIONS.get(word);
  if (action) return action(invocation, terminal);
  const meant = nearest(word, [...ACTIONS.keys()]);
  throw new UsageError({
    code: 'asset-action',
    message: text('say what to do: add or list', '操作を指定してください:add、list'),
    ...(meant ? { remedy: text(`did you mean "${meant}"?`, `「${meant}」のことですか`) } : {}),
  });
}
