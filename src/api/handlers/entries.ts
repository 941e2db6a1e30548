import { relative } from 'node:path';
import { addEntry } from '../../cli/asset/write-register.ts';
import type { FieldValue } from '../../environment/register-edit.ts';
import type { RouteName } from '../contract.ts';
import { auditAction } from '../sign-in/audit.ts';
import type { Asked, Handlers } from './asked.ts';

/** What people enter by hand goes into `honmaru.assets.yaml`, as `honmaru asset add` and `risk add` write it. */
export const ENTRY_HANDLERS: Handlers<'POST /api/assets' | 'POST /api/risks'> = {
  async 'POST /api/assets'(asked) {
    const { key, ...fields } = asked.body;
    return entered(asked, 'assets', key, fields);
  },
  async 'POST /api/risks'(asked) {
    const { key, ...fields } = asked.body;
    return entered(asked, 'risks', key, fields);
  },
};

async function entered<Name extends RouteName>(
  asked: Asked<Name>,
  section: 'assets' | 'risks',
  key: string,
  given: Readonly<Record<string, FieldValue | undefined>>,
) {
  const { host, request } = asked;
  const { caller } = await asked.actor();
  const fields = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined),
  );
  const cwd = process.cwd();
  const folder = host.workspace.view().base.reading.folder ?? cwd;
  const written = await addEntry(relative(cwd, folder) || '.', { section, key, fields }, { cwd });
  await auditAction(host, caller, request, section === 'assets' ? 'EnterAsset' : 'EnterRisk', { key });
  await host.workspace.refresh([written.shown]);
  return { file: written.shown };
}
