import { resolve } from 'node:path';
import { usesOfKey } from '../../environment/key-uses.ts';
import { InputError } from '../../kernel/errors.ts';
import { formatPlace, placeOf } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { type FileOfKey, type KeyFact, namesOfKey } from '../../model/key-fact.ts';
import type { Platform } from '../../platform/platform.ts';
import { aliases, goneKeys, keys, lastUses } from '../../services/kms/collections.ts';
import { aliasKey, grantsOf, keyKey } from '../../services/kms/find.ts';
import type { KeyRecord } from '../../services/kms/records.ts';
import { keyFact } from '../../services/kms/used-keys.ts';
import type { StoredRecord } from '../../store/store.ts';
import type { Invocation, Terminal } from '../command.ts';
import { parametersFrom } from '../environment-options.ts';
import { openInstallation } from '../up/open-platform.ts';
import { installationOf } from '../up/options.ts';
import { type FileUnderKey, filesUnderKeys } from './files-under-key.ts';
import { rememberedFilesOf, rememberedFolder, rememberFiles } from './remembered-files.ts';
import { type Uses, type UsingResource, usesJson, usesLines } from './uses-shown.ts';

/**
 * `honmaru kms uses KEY [PATH…]`: the key's aliases, grants, replicas and last use; of the paths the resources of the
 * environment, the volumes and the encrypted files that are under it.
 *
 * @returns 1 when something depends on a key that opens nothing now, or soon nothing any more.
 */
export async function showUses(
  [given = '', ...paths]: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const { platform, account, close } = await openInstallation(
    installationOf(invocation, terminal),
    (error) => {
      terminal.error(`honmaru: ${String(error)}\n`);
    },
  );
  try {
    const key = await keyNamed(given, platform, account.id);
    const uses = await usesOf(key, paths, platform, invocation, terminal);
    terminal.out(
      invocation.option('format') === 'json'
        ? `${JSON.stringify(usesJson(uses), null, 2)}\n`
        : `${usesLines(uses, invocation.language).join('\n')}\n`,
    );
    return uses.fact.state !== 'Enabled' && uses.resources.length + uses.files.length > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

/** @throws InputError `no-key` */
async function keyNamed(
  given: string,
  { store, region }: Platform,
  account: string,
): Promise<StoredRecord<KeyRecord>> {
  const [, inRegion = region, owner = account, id, alias] =
    /^arn:aws:kms:([^:]+):(\d{12}):(?:key\/(.+)|(alias\/.+))$/.exec(given) ?? [];
  const name = alias ?? (given.startsWith('alias/') ? given : undefined);
  const named =
    name === undefined
      ? (id ?? given)
      : (await store.get(aliases, aliasKey(owner, inRegion, name)))?.value.keyId;
  const key =
    named === undefined
      ? undefined
      : await store.get(keys, keyKey({ account: owner, region: inRegion, id: named }));
  if (key) return key;
  const gone =
    named === undefined
      ? undefined
      : await store.get(goneKeys, keyKey({ account: owner, region: inRegion, id: named }));
  if (gone) throw wasDeleted(given, new Date(gone.value.at));
  throw new InputError({
    code: 'no-key',
    message: text(`there is no key ${given}`, `キー ${given} はありません`),
    remedy: text('aws kms list-keys shows what there is', 'aws kms list-keys で一覧できます'),
  });
}

function wasDeleted(given: string, at: Date): InputError {
  const day = at.toISOString().slice(0, 10);
  return new InputError({
    code: 'key-deleted',
    message: text(
      `the key ${given} was deleted on ${day}: nothing opens what was under it`,
      `キー ${given} は ${day} に削除されました。このキーで暗号化されたデータは復号できません`,
    ),
  });
}

async function usesOf(
  key: StoredRecord<KeyRecord>,
  paths: readonly string[],
  { store }: Platform,
  invocation: Invocation,
  terminal: Terminal,
): Promise<Uses> {
  const fact = keyFact(key.value, terminal.now().getTime());
  const { multiRegion, region } = key.value;
  const { files: below, complete } = filesUnderKeys(paths, terminal.cwd);
  rememberFiles(
    below.map(({ file }) => resolve(terminal.cwd, file)),
    invocation,
    terminal,
  );
  const walked = under(fact, below);
  const shown = new Set(walked.map(({ file }) => resolve(terminal.cwd, file)));
  const remembered = rememberedFilesOf(rememberedFolder(terminal.environment))(fact);
  const files = [...walked, ...remembered.filter(({ file }) => !shown.has(file))];
  return {
    fact,
    grants: await grantsOf(store, key.key),
    related: multiRegion
      ? [multiRegion.primary, ...multiRegion.replicas].filter((each) => each !== region)
      : [],
    lastUse: (await store.get(lastUses, key.key))?.value,
    resources: paths.length === 0 ? [] : await resourcesUnder(fact, paths, invocation, terminal),
    files,
    paths,
    complete,
  };
}

function under(fact: KeyFact, found: readonly FileUnderKey[]): readonly FileOfKey[] {
  const names = new Set(namesOfKey(fact));
  return found.flatMap(({ keyId, ...file }) => (names.has(keyId) ? [file] : []));
}

async function resourcesUnder(
  fact: KeyFact,
  paths: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<readonly UsingResource[]> {
  const { readEnvironment } = await import('../../environment/read.ts');
  const { graph } = await readEnvironment({
    paths,
    parameters: parametersFrom(invocation.options('parameter')),
    asOf: terminal.now().toISOString(),
    cwd: terminal.cwd,
  });
  return usesOfKey(graph, fact).map(({ resource: { id, name, type }, path, value }) => ({
    id,
    name,
    type,
    path,
    source: formatPlace(placeOf(value.span)),
  }));
}
