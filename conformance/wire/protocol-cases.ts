import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProtocolName } from '../../src/wire/schema/service-model.ts';
import type { CaseResults } from './case-results.ts';
import { inputCases } from './input-cases.ts';
import { outputCases } from './output-cases.ts';

const FILES: readonly (readonly [file: string, protocol: ProtocolName])[] = [
  ['json.json', 'awsJson1_1'],
  ['json_1_0.json', 'awsJson1_0'],
  ['json_1_0-query-compatible.json', 'awsJson1_0'],
  ['query.json', 'awsQuery'],
  ['ec2.json', 'ec2Query'],
  ['rest-json.json', 'restJson1'],
];

/** Runs the published protocol cases turned round: a server reads requests and writes responses. */
export function protocolCases(directory: string): readonly CaseResults[] {
  return ['', 'legacy/'].flatMap((part) => {
    const folder = join(directory, part);
    const files = FILES.filter(([file]) => existsSync(join(folder, 'input', file)));
    return files.flatMap(([file, protocol]) => [
      inputCases(folder, part, file, protocol),
      outputCases(folder, part, file, protocol),
    ]);
  });
}
