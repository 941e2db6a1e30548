import { InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { aliases, grants, keys, lastUses } from '../../services/kms/collections.ts';
import type { Invocation, Terminal } from '../command.ts';
import { openInstallation } from '../up/open-platform.ts';
import { installationOf } from '../up/options.ts';

/** Prints what depends on a key: its aliases, grants, replicas and last use. */
export async function showUses(given: string, invocation: Invocation, terminal: Terminal): Promise<number> {
  const { language } = invocation;
  const { platform, account, close } = await openInstallation(
    installationOf(invocation, terminal),
    (error) => {
      terminal.error(`honmaru: ${String(error)}\n`);
    },
  );
  try {
    const { store, region } = platform;
    const [, inRegion = region, owner = account.id, id = given] =
      /^arn:aws:kms:([^:]+):(\d{12}):key\/(.+)$/.exec(given) ?? [];
    const named = given.startsWith('alias/')
      ? (await store.get(aliases, `${owner}/${inRegion}/${given}`))?.value.keyId
      : id;
    const key = await store.get(keys, `${owner}/${inRegion}/${named}`);
    if (!key) {
      throw new InputError({
        code: 'no-key',
        message: text(`there is no key ${given}`, `キー ${given} はありません`),
      });
    }
    const held = await store.list(grants, { from: `${key.key}/`, before: `${key.key}0`, limit: 1_000 });
    const use = await store.get(lastUses, key.key);
    const { multiRegion, aliases: names } = key.value;
    const replicas = multiRegion
      ? [multiRegion.primary, ...multiRegion.replicas].filter((each) => each !== inRegion)
      : [];
    const lines = [
      `arn:aws:kms:${inRegion}:${owner}:key/${key.value.id}`,
      ...names.map((name) => `  ${text('alias', 'エイリアス')[language]}  ${name}`),
      ...held.records.map(
        ({ value }) =>
          `  ${text('grant', 'グラント')[language]}  ${value.grantee}: ${value.operations.join(', ')}`,
      ),
      ...replicas.map((each) => `  ${text('related key in', '関連キー')[language]}  ${each}`),
      use
        ? `  ${text('last used', '最終使用')[language]}  ${new Date(use.value.at).toISOString()} ${use.value.operation}`
        : `  ${text('never used', '未使用')[language]}`,
      `  ${
        text(
          'Ciphertexts that clients keep themselves are not known here.',
          'クライアント側で保管している暗号文は把握できません。',
        )[language]
      }`,
    ];
    terminal.out(`${lines.join('\n')}\n`);
    return 0;
  } finally {
    await close();
  }
}
