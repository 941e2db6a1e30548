import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type Expected = 'PASS' | 'FAIL' | 'SKIP';

/** One case of the AWS Config rules corpus: a template and what each rule says of it. */
export interface ConfigRuleCase {
  readonly id: string;
  readonly name: string;
  readonly template: object | null;
  readonly expect: Readonly<Record<string, Expected>>;
}

/** One good or bad example of the infrastructure-as-code corpus. */
export interface IacExample {
  readonly id: string;
  readonly check: { readonly id: string; readonly longId: string; readonly title: string };
  readonly input: 'cloudformation' | 'terraform';
  readonly text: string;
  readonly expect: 'PASS' | 'FAIL';
}

/** What these functions read, below the folder of the corpora. */
export const CORPORA_FILES: readonly string[] = [
  'posture-console/config-rule-cases/cases.jsonl.gz',
  'posture-console/iac-examples/cases.jsonl.gz',
];

export function readConfigRuleCases(corpora: string): readonly ConfigRuleCase[] {
  return readLines(join(corpora, 'posture-console/config-rule-cases/cases.jsonl.gz')) as ConfigRuleCase[];
}

export function readIacExamples(corpora: string): readonly IacExample[] {
  return readLines(join(corpora, 'posture-console/iac-examples/cases.jsonl.gz')) as IacExample[];
}

function readLines(path: string): unknown[] {
  if (!existsSync(path)) throw new Error(`no corpus at ${path}`);
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}
