/**
 * Decodes the text between the quotes of an HCL string (HCL specification, "Template literals"): the
 * backslash escapes, and `$${` and `%%{` for a literal `${` and `%{`.
 */
export function decodeQuoted(raw: string): string {
  return raw.replace(
    /\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{/gsu,
    (sequence) => ESCAPES.get(sequence) ?? decodeEscape(sequence),
  );
}

/** Decodes a stretch of a heredoc, where backslashes are ordinary characters. */
export function decodeHeredoc(raw: string): string {
  return raw.replace(/\$\$\{|%%\{/g, (sequence) => sequence.slice(1));
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  ['\\"', '"'],
  ['\\\\', '\\'],
  ['$${', '${'],
  ['%%{', '%{'],
]);

function decodeEscape(sequence: string): string {
  const code =
    sequence[1] === 'u' || sequence[1] === 'U' ? Number.parseInt(sequence.slice(2), 16) : Number.NaN;
  return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
}
