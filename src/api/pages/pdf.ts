import { spawn } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PATIENCE_MILLISECONDS = 60_000;
const NOTHING_LOADED = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; `;

/** The installed Chromium, by `HONMARU_CHROMIUM` or on the search path; undefined when there is none. */
export function chromiumPath(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.HONMARU_CHROMIUM;
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = named ? [named] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Prints an HTML document as PDF. The browser runs in its sandbox and reaches neither the network nor another file:
 * its resolver knows no host, and the document's own policy, which must be there, runs and loads nothing.
 *
 * @throws HonmaruError `report-pdf` when there is no Chromium or it does not print, `report-busy`.
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  if (printing >= MOST_PRINTING) throw busy();
  printing += 1;
  try {
    return await printed(html);
  } finally {
    printing -= 1;
  }
}

/** Each takes a browser's memory. */
const MOST_PRINTING = 2;
let printing = 0;

function busy(): HonmaruError {
  return new HonmaruError({
    code: 'report-busy',
    message: text(
      'other reports are printed at this moment; try again',
      '他の報告書を印刷中です。しばらくしてやり直してください',
    ),
  });
}

async function printed(html: string): Promise<Uint8Array> {
  const program = chromiumPath();
  if (program === undefined) throw problem('no Chromium is installed', 'Chromiumがありません');
  if (!html.includes(NOTHING_LOADED)) throw new Error('the document has no policy that keeps scripts out');
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-pdf-'));
  try {
    const source = join(folder, 'report.html');
    const target = join(folder, 'report.pdf');
    await writeFile(source, html, { mode: 0o600 });
    const person = unprivileged(folder, source);
    const said = await run(program, wordsFor(folder, source, target), folder, person);
    const pdf = await readFile(target).catch(() => undefined);
    if (!pdf || pdf.length === 0)
      throw problem(`Chromium did not print: ${said}`, `Chromiumで印刷できません:${said}`);
    return pdf;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function wordsFor(folder: string, source: string, target: string): readonly string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-dev-shm-usage',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=http://127.0.0.1:9',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--no-pdf-header-footer',
    `--print-to-pdf=${target}`,
    pathToFileURL(source).href,
  ];
}

/** The sandbox does not start for root: then the browser runs as nobody. */
function unprivileged(folder: string, source: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const nobody = 65_534;
  for (const path of [folder, source]) chownSync(path, nobody, nobody);
  chmodSync(folder, 0o700);
  return { uid: nobody, gid: nobody };
}

function run(
  program: string,
  words: readonly string[],
  folder: string,
  person: { readonly uid?: number; readonly gid?: number },
): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const child = spawn(program, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: PATIENCE_MILLISECONDS,
      env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
      ...person,
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 2_000) said += chunk.toString();
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', () => resolve(said.trim().split('\n').at(-1) ?? ''));
  });
}

function problem(en: string, ja: string): HonmaruError {
  return new HonmaruError({
    code: 'report-pdf',
    message: text(en, ja),
    remedy: text(
      'take the HTML report and print it from a browser; it has a style for paper',
      'HTMLの報告書をブラウザで印刷してください(印刷用のスタイルがあります)',
    ),
  });
}
