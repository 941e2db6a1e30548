import type { Plugin } from 'vite';

const FONT_FACE = /@font-face\s*\{[^}]*\}/g;

/**
 * Leaves out the fonts that style sheets carry inside them: the console uses the reader's own fonts, which
 * also hold Japanese, and its style sheets stay small.
 */
export function noEmbeddedFonts(): Plugin {
  return {
    name: 'no-embedded-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith('.css') || !code.includes('@font-face')) return undefined;
      return { code: code.replace(FONT_FACE, ''), map: null };
    },
  };
}
