import { parseDocument } from '../sources/documents/parse-document.ts';
import { readSource } from '../sources/documents/read-file.ts';
import { type RegisterReading, readRegister } from './register.ts';

/**
 * Parses one `honmaru.assets.yaml`.
 *
 * @throws InputError when it cannot be read or is no YAML.
 */
export async function parseRegister(path: string, shown: string): Promise<RegisterReading> {
  const file = readSource(path, shown);
  const { root, problems } = await parseDocument(file);
  const reading = readRegister(file, root);
  return { ...reading, problems: [...problems, ...reading.problems] };
}
