import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.webmanifest']);
const compress = promisify(gzip);

interface StaticFile {
  readonly content: Buffer;
  readonly gzipped: Buffer | undefined;
  readonly type: string;
  /** Files with a hash in their name never change. */
  readonly lasting: boolean;
  /** What tells one build of the file from the next. */
  readonly stamp: string;
}

/** What a browser says of the answer that it can use. */
export interface Wanted {
  readonly gzip: boolean;
  /** It asks for a page, not for a part of one. */
  readonly page: boolean;
}

/** The built files of the console, from one folder and nowhere else; read again when they are built again. */
export interface StaticFiles {
  /** The file of a path, or the page that every route of the console begins with: ids in them may have dots. */
  answer(path: string, wanted: Wanted): Promise<Response>;
}

const PAGE = '/index.html';
const LASTING = '/assets/';

export function staticFiles(folder: string): StaticFiles {
  const known = new Map<string, StaticFile>();

  async function fileAt(path: string): Promise<StaticFile | undefined> {
    const before = known.get(path);
    if (before?.lasting) return before;
    const full = fullPath(folder, path);
    const stamp = full === undefined ? undefined : await stampOf(full);
    if (full === undefined || stamp === undefined) {
      known.delete(path);
      return undefined;
    }
    if (before?.stamp === stamp) return before;
    const file = await readStatic(full, stamp, path.startsWith(LASTING));
    // With a new page come other files; those of the one before are asked for no more.
    if (path === PAGE && before) known.clear();
    if (file) known.set(path, file);
    return file;
  }

  return {
    async answer(path, { gzip: acceptsGzip, page }) {
      const named = extname(path) === '' ? undefined : await fileAt(path);
      if (!named && extname(path) !== '' && (!page || path.startsWith(LASTING))) {
        return new Response('not found', { status: 404 });
      }
      const file = named ?? (await fileAt(PAGE));
      if (!file) return notBuilt();
      const body = acceptsGzip && file.gzipped ? file.gzipped : file.content;
      return new Response(new Uint8Array(body), {
        headers: {
          'content-type': file.type,
          'cache-control': file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
          vary: 'accept-encoding',
          ...(body === file.gzipped && { 'content-encoding': 'gzip' }),
        },
      });
    },
  };
}

/** Undefined for what lies outside of the folder. */
function fullPath(folder: string, path: string): string | undefined {
  const full = normalize(join(folder, decoded(path)));
  return full.startsWith(folder + sep) ? full : undefined;
}

async function stampOf(full: string): Promise<string | undefined> {
  const found = await stat(full).catch(() => undefined);
  return found?.isFile() ? `${found.mtimeMs} ${found.size} ${found.ino}` : undefined;
}

async function readStatic(full: string, stamp: string, lasting: boolean): Promise<StaticFile | undefined> {
  const content = await readFile(full).catch(() => undefined);
  if (!content) return undefined;
  const extension = extname(full);
  return {
    content,
    gzipped: COMPRESSED.has(extension) ? await compress(content, { level: 9 }) : undefined,
    type: TYPES[extension] ?? 'application/octet-stream',
    lasting,
    stamp,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/';
  }
}

function notBuilt(): Response {
  const page = `<!doctype html><meta charset="utf-8"><title>Honmaru</title>
<p>The console is not built yet; the API answers at <a href="/api/openapi.json">/api/openapi.json</a>.</p>
<p lang="ja">コンソールはまだビルドされていません。APIは利用できます。</p>
`;
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
