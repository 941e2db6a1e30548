import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Terminal } from '../../src/cli/command.ts';
import { main } from '../../src/cli/main.ts';
import { type Ran, ROOT, run } from './program.ts';

export const ACCEPT = ['--response', 'accept', '--reason', 'test data only', '--until', '2027-03-31'];
export const TANAKA = 'Tanaka <tanaka@example.com>';
export const SATO = 'Sato <sato@example.com>';

/** Calls of the program in a folder at a chosen time, with records of its own. */
export function programIn(folder: string, environment: Record<string, string> = {}) {
  return async (day: string, ...words: string[]): Promise<Ran> => {
    let out = '';
    let err = '';
    const terminal: Terminal = {
      cwd: folder,
      environment: { HONMARU_DATA: join(folder, 'data'), LANG: 'C', ...environment },
      width: 100,
      color: false,
      interactive: false,
      out: (piece) => {
        out += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8');
      },
      error: (piece) => {
        err += piece;
      },
      now: () => new Date(day.includes('T') ? day : `${day}T09:00:00Z`),
    };
    const code = await main(words, terminal);
    return { code, out, err };
  };
}

export type Program = ReturnType<typeof programIn>;

/** A call that must succeed; its output. */
export async function ok(ran: Promise<Ran>): Promise<string> {
  const { code, out, err } = await ran;
  assert.equal(code, 0, err);
  return out;
}

/** Puts the bare reference environment into a folder, with an owner. */
export function prepare(folder: string, declaration = `owner: ${SATO}\n`): void {
  copyFileSync(join(ROOT, 'examples/webapp/template.yaml'), join(folder, 'template.yaml'));
  writeFileSync(join(folder, 'honmaru.yaml'), declaration);
}

/** Replaces every occurrence of some texts in a file; each must be there. */
export function edit(folder: string, name: string, ...changes: readonly (readonly [string, string])[]): void {
  const path = join(folder, name);
  let content = readFileSync(path, 'utf8');
  for (const [from, to] of changes) {
    assert.ok(content.includes(from), `${name} holds ${from}`);
    content = content.replaceAll(from, to);
  }
  writeFileSync(path, content);
}

/** git in a folder, without anybody's own settings. */
export function gitIn(folder: string, who = 'Tanaka', mail = 'tanaka@example.com') {
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return (...words: string[]): string => {
    const settings = ['-c', `user.name=${who}`, '-c', `user.email=${mail}`, '-c', 'commit.gpgsign=false'];
    const { code, out, err } = run('git', [...settings, ...words], { cwd: folder, env });
    assert.equal(code, 0, err);
    return out;
  };
}

/** Makes an SSH key and returns its file and its line for `allowed_signers`. */
export function keyIn(folder: string, name: string): { readonly file: string; readonly key: string } {
  const file = join(folder, name);
  const made = run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
  assert.equal(made.code, 0, made.err);
  const [type, key] = readFileSync(`${file}.pub`, 'utf8').split(' ');
  return { file, key: `${type} ${key}` };
}

/** Writes who may sign. */
export function allow(folder: string, ...lines: readonly string[]): void {
  mkdirSync(join(folder, '.honmaru'), { recursive: true });
  writeFileSync(join(folder, '.honmaru/allowed_signers'), lines.map((line) => `${line}\n`).join(''));
}

/** The id of the risk of a rule, by the JSON of an assessment. */
export async function riskOf(
  honmaru: Program,
  day: string,
  rule: string,
  ...more: string[]
): Promise<string> {
  const ran = await honmaru(day, 'assess', '.', '--format', 'json', ...more);
  const found = JSON.parse(ran.out).risks.find((risk: { rule: string }) => risk.rule === rule);
  assert.ok(found, `a risk of ${rule}`);
  return found.id;
}

const schema = JSON.parse(readFileSync(join(ROOT, 'docs/schemas/assessment.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** What an assessment, which must agree with its JSON Schema, says of the decision about a risk. */
export async function decisionOf(honmaru: Program, day: string, id: string, ...more: string[]) {
  const ran = await honmaru(day, 'assess', '.', '--format', 'json', ...more);
  const assessment = JSON.parse(ran.out);
  validate(assessment);
  assert.deepEqual(validate.errors, null);
  const { decisions } = assessment;
  return decisions.find((each: { risk: string }) => each.risk === id) ?? { status: 'absent' };
}
