/** A run of IP addresses, both ends included. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * The range of a CIDR block in IPv4 (RFC 4632) or IPv6 (RFC 4291) notation, or undefined where the text is
 * none. Host bits are ignored, as EC2 ignores them.
 */
export function parseCidr(text: string): AddressRange | undefined {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return undefined;
  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length)) return undefined;
  const address = text.slice(0, slash);
  const version = address.includes(':') ? 6 : 4;
  const bits = version === 6 ? 128 : 32;
  const prefix = Number(length);
  const value = version === 6 ? ipv6(address) : ipv4(address);
  if (value === undefined || prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const start = (value / size) * size;
  return { version, start, end: start + size - 1n };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '');
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...new Array<bigint>(missing).fill(0n), ...tail].reduce(
    (value, group) => value * 65_536n + group,
    0n,
  );
}

function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  if (!parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  return parts.map((part) => BigInt(`0x${part}`));
}

function whole(text: string): AddressRange {
  const range = parseCidr(text);
  if (!range) throw new Error(`${text} is no address range`);
  return range;
}

export const ALL_IPV4 = whole('0.0.0.0/0');
export const ALL_IPV6 = whole('::/0');

/** Addresses that never come from the internet: RFC 1918, RFC 6598, RFC 1122, RFC 3927, RFC 4193, RFC 4291. */
const NOT_INTERNET = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
].map(whole);

/** Public ranges at least this large are open to strangers; a smaller one is a partner's or an office's. */
const WIDE: Readonly<Record<4 | 6, bigint>> = { 4: 1n << 24n, 6: 1n << 112n };

/** What is left of some ranges when another is taken away. */
export function subtract(ranges: readonly AddressRange[], hole: AddressRange): readonly AddressRange[] {
  return ranges.flatMap((range) => {
    if (range.version !== hole.version || hole.end < range.start || hole.start > range.end) return [range];
    const left: AddressRange[] = [];
    if (range.start < hole.start) left.push({ ...range, end: hole.start - 1n });
    if (range.end > hole.end) left.push({ ...range, start: hole.end + 1n });
    return left;
  });
}

/** What some ranges have in common with another. */
export function intersect(ranges: readonly AddressRange[], other: AddressRange): readonly AddressRange[] {
  return ranges.flatMap((range) => {
    if (range.version !== other.version) return [];
    const start = range.start > other.start ? range.start : other.start;
    const end = range.end < other.end ? range.end : other.end;
    return start <= end ? [{ version: range.version, start, end }] : [];
  });
}

/** Whether every address of `inner` lies in `outer`. */
export function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.version === inner.version && outer.start <= inner.start && outer.end >= inner.end;
}

/** Whether ranges admit strangers: a wide part of the public address space lies in them. */
export function admitsInternet(ranges: readonly AddressRange[]): boolean {
  const publicParts = NOT_INTERNET.reduce(subtract, ranges);
  const size = { 4: 0n, 6: 0n };
  for (const range of publicParts) size[range.version] += range.end - range.start + 1n;
  return size[4] >= WIDE[4] || size[6] >= WIDE[6];
}
