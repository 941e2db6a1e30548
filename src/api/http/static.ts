import { readFile } from 'node:fs/promises';
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
}

/** The built files of the console, from one folder and nowhere else; read once. */
export interface StaticFiles {
  /** The file of a path, or of the page that every route of the console begins with. */
  answer(path: string, acceptsGzip: boolean): Promise<Response>;
}

export function staticFiles(folder: string): StaticFiles {
  const known = new Map<string, Promise<StaticFile | undefined>>();

  function fileAt(path: string): Promise<StaticFile | undefined> {
    const before = known.get(path);
    if (before) return before;
    const reading = readStatic(folder, path);
    // What is not there may be built later.
    reading.then((file) => file ?? known.delete(path));
    known.set(path, reading);
    return reading;
  }

  return {
    async answer(path, acceptsGzip) {
      const isFile = extname(path) !== '';
      const file = await fileAt(isFile ? path : '/index.html');
      if (!file) return isFile ? new Response('not found', { status: 404 }) : notBuilt();
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

async function readStatic(folder: string, path: string): Promise<StaticFile | undefined> {
  const full = normalize(join(folder, decoded(path)));
  if (!full.startsWith(folder + sep)) return undefined;
  const content = await readFile(full).catch(() => undefined);
  if (!content) return undefined;
  const extension = extname(full);
  return {
    content,
    gzipped: COMPRESSED.has(extension) ? await compress(content, { level: 9 }) : undefined,
    type: TYPES[extension] ?? 'application/octet-stream',
    lasting: path.startsWith('/assets/'),
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
