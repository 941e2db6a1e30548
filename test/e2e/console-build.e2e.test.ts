import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildConsole } from './console-browser.ts';
import { ROOT, run } from './program.ts';

const CONSOLE = join(ROOT, 'console');
const DIST = join(CONSOLE, 'dist');
const KILOBYTE = 1_024;
const MOST_SCRIPT = 250;
const MOST_MAP_SCRIPT = 340;
const MOST_STYLE = 120;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

/** The files that a chunk brings with it. */
function filesOf(manifest: Manifest, key: string, seen = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const file of chunk.css ?? []) seen.add(file);
  for (const each of chunk.imports ?? []) filesOf(manifest, each, seen);
  return seen;
}

function kilobytes(files: Iterable<string>, ending: string): number {
  let bytes = 0;
  for (const file of files)
    if (file.endsWith(ending)) bytes += gzipSync(readFileSync(join(DIST, file))).length;
  return bytes / KILOBYTE;
}

describe('the built console', () => {
  before(buildConsole);

  test('stays small: the shell with each page, its words and dialogs, in gzipped kilobytes', () => {
    const manifest = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8')) as Manifest;
    const shell = filesOf(manifest, 'index.html');
    const words = Math.max(
      ...Object.keys(manifest)
        .filter((key) => /i18n\/messages\/all\.(en|ja)\.js$/.test(key))
        .map((key) => kilobytes(filesOf(manifest, key), '.js')),
    );
    const pages = Object.keys(manifest).filter((key) => /^src\/pages\/.*-page\.tsx$/.test(key));
    assert.ok(pages.length >= 13, `${pages.length} pages`);
    const lines: string[] = [];
    for (const page of pages) {
      const files = new Set([...shell, ...filesOf(manifest, page)]);
      const isMap = page.includes('map-page');
      // What a page loads later counts too: the canvas of the map, the dialogs of a table.
      for (const later of manifest[page]?.dynamicImports ?? [])
        for (const each of filesOf(manifest, later)) files.add(each);
      const script = kilobytes(files, '.js') + words;
      const style = kilobytes(files, '.css');
      const limit = isMap ? MOST_MAP_SCRIPT : MOST_SCRIPT;
      lines.push(
        `${page.replace(/^src\/pages\//, '')}: ${script.toFixed(0)} KB of ${limit}, CSS ${style.toFixed(0)} KB of ${MOST_STYLE}`,
      );
      assert.ok(script <= limit, lines.at(-1));
      assert.ok(style <= MOST_STYLE, lines.at(-1));
    }
    console.log(lines.join('\n'));
  });

  test('fetches nothing from elsewhere and carries no font', () => {
    for (const file of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(html|css)$/.test(file)) continue;
      const content = readFileSync(join(DIST, file), 'utf8');
      assert.doesNotMatch(content, /(src|href)="(https?:)?\/\/|url\(["']?(https?:)?\/\/|@import/, file);
      assert.doesNotMatch(content, /@font-face/, file);
    }
    const page = readFileSync(join(DIST, 'index.html'), 'utf8');
    assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/, 'nothing inline');
  });

  test('names the licences of what it carries', () => {
    const licences = readFileSync(join(DIST, 'third-party-licenses.md'), 'utf8');
    for (const name of ['react', '@cloudscape-design/components', '@xyflow/react', 'aws-icons']) {
      assert.ok(licences.includes(name), name);
    }
  });

  test('is well typed', () => {
    const checked = run(process.execPath, [
      join(ROOT, 'node_modules/typescript-7/bin/tsc'),
      '-p',
      join(CONSOLE, 'tsconfig.json'),
    ]);
    assert.equal(checked.code, 0, checked.out);
  });
});

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Names that are the same in both languages. */
const NAMES = new Set(['CloudFormation', 'Terraform', '、']);

interface Message {
  readonly where: string;
  readonly en: unknown;
  readonly ja: unknown;
}

/** Every message of a module of texts; functions are called with the number 2. */
function messagesIn(value: unknown, where: string): readonly Message[] {
  if (typeof value === 'function') return messagesIn(value(...Array(value.length).fill(2)), where);
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value || 'ja' in value) {
    const { en, ja } = value as { readonly en?: unknown; readonly ja?: unknown };
    return [{ where, en, ja }];
  }
  return Object.entries(value).flatMap(([key, each]) => messagesIn(each, `${where}.${key}`));
}

describe('the words of the console', () => {
  test('are complete in English and Japanese', async () => {
    const folder = join(CONSOLE, 'src/texts');
    let count = 0;
    for (const file of readdirSync(folder)) {
      if (file === 'say.ts') continue;
      const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
      for (const { where, en, ja } of messagesIn(module, file)) {
        count += 1;
        assert.ok(typeof en === 'string' && en.trim() !== '', `${where} has no English`);
        assert.ok(typeof ja === 'string' && ja.trim() !== '', `${where} has no Japanese`);
        if (!NAMES.has(ja)) assert.match(ja, JAPANESE, `${where} is not Japanese: ${ja}`);
        assert.doesNotMatch(en.replace('社外秘', ''), JAPANESE, `${where} is not English: ${en}`);
      }
    }
    assert.ok(count > 300, `${count} messages`);
  });

  test('are all used', () => {
    const sources = readdirSync(join(CONSOLE, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => readFileSync(join(CONSOLE, 'src', file), 'utf8'))
      .join('\n');
    const folder = join(CONSOLE, 'src/texts');
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8');
      for (const [, group = '', body = ''] of text.matchAll(
        /export const ([A-Z_]+) = \{\n([\s\S]*?)\n\} as const;/g,
      )) {
        if (!new RegExp(`\\b${group}\\[`).test(sources)) {
          for (const [, key = ''] of body.matchAll(/^ {2}(\w+):/gm)) {
            assert.ok(sources.includes(`${group}.${key}`), `${file}: ${group}.${key} is used nowhere`);
          }
        }
      }
    }
  });
});
