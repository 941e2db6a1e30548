const MOST_BLOCKS = 256;

/**
 * Cuts an address block (IPv4 or IPv6 CIDR notation) into equal parts of `hostBits` host bits each, as
 * `Fn::Cidr` does; undefined when the block is none, the count is not 1 to 256, or there is no room.
 */
export function subnetsWithin(block: string, count: number, hostBits?: number): string[] | undefined {
  const [address = '', prefixText = ''] = block.split('/');
  const six = address.includes(':');
  const width = six ? 128 : 32;
  const bits = hostBits ?? (six ? 64 : 8);
  const base = six ? parseIpv6(address) : parseIpv4(address);
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  const fits =
    base !== undefined &&
    prefix <= width &&
    Number.isInteger(count) &&
    count >= 1 &&
    count <= MOST_BLOCKS &&
    Number.isInteger(bits) &&
    bits >= 1 &&
    bits <= width - prefix;
  if (!fits) return undefined;
  const step = 1n << BigInt(bits);
  const room = 1n << BigInt(width - prefix - bits);
  if (BigInt(count) > room) return undefined;
  const network = (base >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, index) => {
    const start = network + step * BigInt(index);
    return `${six ? showIpv6(start) : showIpv4(start)}/${width - bits}`;
  });
}

function parseIpv4(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIpv6(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 0 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function showIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** RFC 5952: lower case, the longest run of zero groups (two or more) as `::`. */
function showIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 0xffffn);
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0n) length += 1;
    if (length > best.length) best = { start, length };
  }
  const shown = groups.map((group) => group.toString(16));
  if (best.length < 2) return shown.join(':');
  return `${shown.slice(0, best.start).join(':')}::${shown.slice(best.start + best.length).join(':')}`;
}
