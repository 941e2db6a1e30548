import type { ErrorCode } from 'yaml';
import { type Text, text } from '../../kernel/texts.ts';

/**
 * What each fault of YAML means, in Japanese, by the `yaml` library's code. The library's own English
 * sentence says more of the place and is kept for English.
 */
const JAPANESE: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'エイリアスにはアンカーもタグも付けられません',
  BAD_ALIAS: 'エイリアスまたはアンカーの名前が正しくありません',
  BAD_COLLECTION_TYPE: 'このタグはこの種類の値には使えません',
  BAD_DIRECTIVE: 'YAMLの%ディレクティブが正しくありません',
  BAD_DQ_ESCAPE: '二重引用符の中のエスケープが正しくありません',
  BAD_INDENT: '字下げが正しくありません(同じ階層の項目は同じ位置から始めます)',
  BAD_PROP_ORDER: 'アンカーやタグの位置が正しくありません',
  BAD_SCALAR_START: '引用符なしの値はこの文字で始められません',
  BLOCK_AS_IMPLICIT_KEY: '1行の中にマップを入れ子で書けません(値を次の行に書くか、引用符で囲んでください)',
  BLOCK_IN_FLOW: '[ ] や { } の中では行ごとの書き方は使えません',
  DUPLICATE_KEY: '同じマップの中に同じキーが2回あります',
  IMPOSSIBLE: 'YAMLとして解釈できません',
  KEY_OVER_1024_CHARS: 'キーが1024文字を超えています',
  MISSING_CHAR: '閉じ括弧・引用符・コロン・空白などの文字が足りません',
  MULTILINE_IMPLICIT_KEY: 'キーは1行に書かなければなりません',
  MULTIPLE_ANCHORS: '1つの値にアンカーは1つだけです',
  MULTIPLE_DOCS: '文書が2つ以上あります',
  MULTIPLE_TAGS: '1つの値にタグは1つだけです',
  NON_STRING_KEY: 'キーは文字列でなければなりません',
  RESOURCE_EXHAUSTION: 'エイリアスの展開が大きくなりすぎます',
  TAB_AS_INDENT: '字下げにタブは使えません。空白を使ってください',
  TAG_RESOLVE_FAILED: 'このタグの値を解釈できません',
  UNEXPECTED_TOKEN: 'ここにこの文字は書けません',
};

/** A fault that the `yaml` library found, as a sentence in both languages. */
export function yamlFault(code: ErrorCode, message: string): Text {
  return text(message.replace(/\s+/g, ' ').trim(), JAPANESE[code]);
}
