/** Escapes text for an XML element. Control characters that XML 1.0 cannot hold are left out. */
export function xmlEscape(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.toWellFormed().replace(SPECIAL_ALL, (character) => ESCAPES[character] ?? '');
}

const SPECIAL = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff\u0085\u2028]/;
const SPECIAL_ALL = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u0085\u2028]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
};
