/**
 * What people read exists in English and Japanese. Message functions beside their module return a
 * `Text`; the language is chosen only where the program prints.
 */
export interface Text {
  readonly en: string;
  readonly ja: string;
}

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in both languages. */
export function text(en: string, ja: string): Text {
  return { en, ja };
}

/** A text that is the same in every language: an identifier, an expression, a path. */
export function verbatim(value: string): Text {
  return { en: value, ja: value };
}

/** Joins texts language by language: English with `, `, Japanese with `、` unless told otherwise. */
export function joinTexts(texts: readonly Text[], separator: Text = { en: ', ', ja: '、' }): Text {
  return {
    en: texts.map((each) => each.en).join(separator.en),
    ja: texts.map((each) => each.ja).join(separator.ja),
  };
}
