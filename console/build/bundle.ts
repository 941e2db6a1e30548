import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { noEmbeddedFonts } from './no-embedded-fonts.ts';
import { HASH_FILE, sourcesHash } from './sources.ts';

const CONSOLE = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles the console into `console/dist`: one chunk for each page, nothing fetched from elsewhere. The folder
 * is replaced at once when all of it is there, so that a server never serves half of a build.
 */
export async function bundle(): Promise<void> {
  const hash = sourcesHash();
  const fresh = join(CONSOLE, `dist-${process.pid}`);
  try {
    await build({
      root: CONSOLE,
      configFile: false,
      logLevel: 'warn',
      plugins: [noEmbeddedFonts(), react()],
      build: {
        target: 'es2023',
        outDir: fresh,
        emptyOutDir: true,
        manifest: 'manifest.json',
        assetsInlineLimit: 0,
        cssMinify: 'lightningcss',
        license: { fileName: 'third-party-licenses.md' },
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2_000,
      },
    });
    nameArtwork(join(fresh, 'third-party-licenses.md'));
    writeFileSync(join(fresh, HASH_FILE), `${hash}\n`);
    rmSync(join(CONSOLE, 'dist'), { recursive: true, force: true });
    renameSync(fresh, join(CONSOLE, 'dist'));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The pictures are no modules, so the bundler does not name where they come from. */
function nameArtwork(file: string): void {
  const licence = readFileSync(
    fileURLToPath(new URL('LICENSE', import.meta.resolve('aws-icons/package.json'))),
    'utf8',
  );
  const origin =
    'The pictures of services are AWS Architecture Icons, property of Amazon Web Services, Inc.; they stand in ' +
    'diagrams of architectures only and say no endorsement.';
  appendFileSync(file, `\n## aws-icons\n\n${origin}\n\n${licence}`);
}
