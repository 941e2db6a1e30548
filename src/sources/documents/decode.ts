import { InputError } from '../../kernel/errors.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';

/**
 * Decodes a file's bytes as UTF-8, without its byte order mark.
 *
 * @throws InputError `encoding-utf16` or `encoding-utf8` with the line of the first byte that is none.
 */
export function decodeSource(path: string, bytes: Uint8Array): SourceFile {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw new InputError({
      code: 'encoding-utf16',
      message: text('the file is UTF-16; UTF-8 is expected', 'ファイルはUTF-16です。UTF-8が必要です'),
      remedy: text('save the file as UTF-8', 'ファイルをUTF-8で保存してください'),
      place: { file: path, line: 1, column: 1 },
    });
  }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new InputError({
      code: 'encoding-utf8',
      message: text('the file is not valid UTF-8', 'ファイルは正しいUTF-8ではありません'),
      remedy: text('save the file as UTF-8', 'ファイルをUTF-8で保存してください'),
      place: { file: path, line: lineOfInvalidByte(bytes), column: 1 },
    });
  }
}

function startsWith(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

/** A line feed is never part of a longer UTF-8 sequence, so lines can be tried one by one. */
function lineOfInvalidByte(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}
