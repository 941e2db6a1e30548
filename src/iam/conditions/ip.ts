/** An address range: the address as 32-bit words (one for IPv4, four for IPv6) and its fixed bits. */
export interface AddressRange {
  readonly words: readonly number[];
  readonly prefix: number;
}

/**
 * Reads an address or a CIDR block (RFC 4632, RFC 4291); undefined when the text is none. An
 * IPv4-mapped IPv6 address is the IPv4 address it maps, so that neither notation slips by a rule.
 */
export function parseRange(text: string): AddressRange | undefined {
  if (text !== lastText) {
    lastRange = readRange(text);
    lastText = text;
  }
  return lastRange;
}

/** One request's address is asked about by many statements in a row: the last reading is kept. */
let lastText = '';
let lastRange: AddressRange | undefined;

function readRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const words = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (words === undefined) return undefined;
  const bits = words.length * 32;
  const written = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(written)) return undefined;
  const prefix = Number(written);
  if (prefix > bits) return undefined;
  if (isMapped(words) && prefix >= 96) return { words: words.slice(3), prefix: prefix - 96 };
  return { words, prefix };
}

/** Whether a range lies within another (host bits of the outer one are ignored). */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.words.length !== inner.words.length || inner.prefix < outer.prefix) return false;
  for (let index = 0; index * 32 < outer.prefix; index += 1) {
    const bits = Math.min(32, outer.prefix - index * 32);
    const mask = bits === 32 ? -1 : ~(-1 >>> bits);
    if ((((outer.words[index] ?? 0) ^ (inner.words[index] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

function isMapped(words: readonly number[]): boolean {
  return words.length === 4 && words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
}

function parseAddress(text: string): number[] | undefined {
  if (text.length > 45) return undefined;
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): number[] | undefined {
  let word = 0;
  let octet = -1;
  let dots = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? 46 : text.charCodeAt(index);
    if (code === 46) {
      if (octet < 0) return undefined;
      word = word * 256 + octet;
      octet = -1;
      dots += 1;
    } else {
      if (code < 48 || code > 57) return undefined;
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48;
      if (octet > 255) return undefined;
    }
  }
  return dots === 4 ? [word >>> 0] : undefined;
}

function parseV6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(Math.max(missing, 0)).fill(0), ...tail];
  return [0, 2, 4, 6].map((index) => (((groups[index] ?? 0) << 16) | (groups[index + 1] ?? 0)) >>> 0);
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const pieces = text.split(':');
  for (const [index, piece] of pieces.entries()) {
    if (index === pieces.length - 1 && piece.includes('.')) {
      const v4 = parseV4(piece)?.[0];
      if (v4 === undefined) return undefined;
      groups.push(v4 >>> 16, v4 & 0xffff);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(piece)) return undefined;
      groups.push(Number.parseInt(piece, 16));
    }
  }
  return groups;
}
