import { text } from '../../kernel/texts.ts';
import { OWN_ASSET_KINDS } from '../../model/register.ts';
import type { Invocation, OptionDefinition, Terminal } from '../command.ts';
import { keyFor } from './keys.ts';
import { given, levelOf, levelOption, needed } from './levels.ts';
import { addEntry } from './write-register.ts';

function word(value: string, en: string, ja: string): OptionDefinition {
  return { type: 'string', value, help: text(en, ja) };
}

/** What `asset add` takes. */
export const ADD_ASSET_OPTIONS = {
  name: word('NAME', 'what people call it', '資産の名前'),
  kind: {
    ...word(
      'KIND',
      OWN_ASSET_KINDS.join(', '),
      '種類:pc・mobile・paper・media・office・partner・service・other',
    ),
    choices: OWN_ASSET_KINDS,
  },
  key: word('KEY', 'short name for commands and ids (default: from the name)', '短い名前(既定:名前から作成)'),
  holds: word('TEXT', 'what it holds', '含まれる情報'),
  location: word('TEXT', 'where it is kept', '保管場所'),
  manager: word('NAME', 'who manages it', '管理者'),
  owner: word('NAME', 'who answers for it', '責任者'),
  'reached-by': word('TEXT', 'who can reach it', 'アクセスできる人'),
  confidentiality: levelOption(
    'harm when it is disclosed (unknown when left out)',
    '漏えい時の影響(省略時は不明)',
  ),
  integrity: levelOption('harm when it is falsified', '改ざん時の影響'),
  availability: levelOption('harm when it is not there', '使えないときの影響'),
} satisfies Record<string, OptionDefinition>;

/** Adds an asset that no template shows to `honmaru.assets.yaml`. */
export async function addAsset(invocation: Invocation, terminal: Terminal): Promise<number> {
  const name = needed(invocation, 'name', '"Sales laptop"');
  const kind = needed(invocation, 'kind', 'pc');
  const key = keyFor(invocation.option('key'), name, kind);
  const fields = given<string | number>({
    name,
    kind,
    holds: invocation.option('holds'),
    location: invocation.option('location'),
    manager: invocation.option('manager'),
    owner: invocation.option('owner'),
    reachedBy: invocation.option('reached-by'),
    confidentiality: levelOf(invocation, 'confidentiality'),
    integrity: levelOf(invocation, 'integrity'),
    availability: levelOf(invocation, 'availability'),
  });
  const folder = invocation.operands[1] ?? '.';
  const { shown } = await addEntry(folder, { section: 'assets', key, fields }, terminal);
  const done = text(
    `${key} was added to ${shown}; honmaru assess shows it in the inventory`,
    `${key} を ${shown} に追加しました。honmaru assess の資産台帳に表示されます`,
  );
  terminal.out(`${done[invocation.language]}\n`);
  return 0;
}
