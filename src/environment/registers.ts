import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NotAnalysed } from '../model/assessment.ts';
import { type OwnAsset, type OwnRisk, REGISTER_NAME, type Register } from '../model/register.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { detailsOfCaught, shownPath } from './inputs.ts';

/**
 * Reads the `honmaru.assets.yaml` of each folder that has one into one register. Undefined where there is
 * none: nothing is loaded for it then.
 */
export async function readRegisters(
  folders: readonly string[],
  cwd: string,
  report: (note: NotAnalysed) => void,
): Promise<Register | undefined> {
  const paths = folders.map((folder) => join(folder, REGISTER_NAME)).filter((path) => existsSync(path));
  if (paths.length === 0) return undefined;
  const assets = new Map<string, OwnAsset>();
  const risks = new Map<string, OwnRisk>();
  for (const path of paths) {
    const shown = shownPath(path, cwd);
    try {
      const { parseRegister } = await import('./parse-register.ts');
      const reading = await parseRegister(path, shown);
      for (const problem of reading.problems) report(inputNote(shown, problem));
      for (const asset of reading.assets) if (!assets.has(asset.id)) assets.set(asset.id, asset);
      for (const risk of reading.risks) if (!risks.has(risk.key)) risks.set(risk.key, risk);
    } catch (error) {
      report(inputNote(shown, detailsOfCaught(error)));
    }
  }
  return { assets: [...assets.values()], risks: [...risks.values()] };
}
