import { InputError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';

/** The bytes do not begin as an envelope does. */
export function notAnEnvelope(): InputError {
  return new InputError({
    code: 'envelope-format',
    message: text(
      'this is not a file that "honmaru kms encrypt" wrote',
      '「honmaru kms encrypt」で作成したファイルではありません',
    ),
  });
}

/** The header is not what its own format allows. */
export function badHeader(en: string, ja: string): InputError {
  return new InputError({
    code: 'envelope-header',
    message: text(`the header of the envelope is damaged: ${en}`, `ヘッダーが壊れています:${ja}`),
  });
}

/** The header is not the one that was written with this data key. */
export function changedHeader(): InputError {
  return new InputError({
    code: 'envelope-header-changed',
    message: text(
      'the header was changed after it was written; nothing was decrypted',
      'ヘッダーが書き込み後に変更されています。何も復号していません',
    ),
  });
}

/** A chunk is not the one that was written at this place. */
export function changedChunk(index: number): InputError {
  return new InputError({
    code: 'envelope-changed',
    message: text(
      `chunk ${index} was changed, moved, cut off or taken from another file; nothing from it on is given out`,
      `チャンク ${index} が変更・移動・切断・差し替えされています。ここから先は出力しません`,
    ),
  });
}

/** The file ends before its last chunk. */
export function truncated(chunks: number): InputError {
  return new InputError({
    code: 'envelope-truncated',
    message: text(
      `the file is cut off after ${chunks} whole chunks: its end is missing`,
      `ファイルが途中で切れています(完全なチャンクは ${chunks} 個)。末尾がありません`,
    ),
    remedy: text('copy the file again from where it is whole', '完全なファイルをもう一度コピーしてください'),
  });
}

/** More chunks than a counter may count. */
export function tooManyChunks(): InputError {
  return new InputError({
    code: 'envelope-too-large',
    message: text(
      'the file has more chunks than one data key may encrypt',
      '1つのデータキーで暗号化できるチャンク数を超えています',
    ),
  });
}

/** The file is sound, but not what the caller asked for. */
export function unexpected(en: string, ja: string): InputError {
  return new InputError({ code: 'envelope-unexpected', message: text(en, ja) });
}
