import { number, pure, RefusedArguments, type TerraformFunction, text } from './function.ts';

/** Terraform's address functions ("IP Network Functions" in its language documentation), IPv4 and IPv6. */
export const NETWORK_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  cidrhost: pure((prefix, host) => {
    const network = parsePrefix(text(prefix));
    const size = 1n << BigInt(network.width - network.length);
    const wanted = BigInt(number(host));
    const offset = wanted < 0n ? size + wanted : wanted;
    if (offset < 0n || offset >= size) throw new RefusedArguments();
    return formatAddress(network.address + offset, network.width);
  }),
  cidrnetmask: pure((prefix) => {
    const { length, width } = parsePrefix(text(prefix));
    if (width !== 32) throw new RefusedArguments();
    return formatAddress(maskOf(length, width), width);
  }),
  cidrsubnet: pure((prefix, newBits, netNumber) =>
    subnet(parsePrefix(text(prefix)), number(newBits), BigInt(number(netNumber))),
  ),
  cidrsubnets: pure((prefix, ...bits) => consecutiveSubnets(text(prefix), bits.map(number))),
};

interface Prefix {
  readonly address: bigint;
  readonly length: number;
  /** 32 for IPv4, 128 for IPv6. */
  readonly width: number;
}

function parsePrefix(prefix: string): Prefix {
  const [written = '', bits = ''] = prefix.split('/');
  const width = written.includes(':') ? 128 : 32;
  const length = Number(bits);
  if (bits === '' || !Number.isInteger(length) || length < 0 || length > width) throw new RefusedArguments();
  const address = width === 32 ? parseIpv4(written) : parseIpv6(written);
  return { address: address & maskOf(length, width), length, width };
}

function parseIpv4(written: string): bigint {
  const octets = written.split('.').map(Number);
  if (octets.length !== 4 || octets.some((each) => !Number.isInteger(each) || each < 0 || each > 255)) {
    throw new RefusedArguments();
  }
  return octets.reduce((address, each) => (address << 8n) | BigInt(each), 0n);
}

function parseIpv6(written: string): bigint {
  const [before = '', after] = written.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const missing = 8 - left.length - right.length;
  if (missing < 0 || (after === undefined && missing !== 0)) throw new RefusedArguments();
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return groups.reduce((address, group) => {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) throw new RefusedArguments();
    return (address << 16n) | BigInt(`0x${group}`);
  }, 0n);
}

function maskOf(length: number, width: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(width - length);
}

function subnet(prefix: Prefix, newBits: number, netNumber: bigint): string {
  const length = prefix.length + newBits;
  if (newBits < 0 || length > prefix.width || netNumber < 0n || netNumber >= 1n << BigInt(newBits)) {
    throw new RefusedArguments();
  }
  const address = prefix.address | (netNumber << BigInt(prefix.width - length));
  return `${formatAddress(address, prefix.width)}/${length}`;
}

function consecutiveSubnets(prefix: string, bits: readonly number[]): readonly string[] {
  const { address, length, width } = parsePrefix(prefix);
  let next = address;
  const end = address + (1n << BigInt(width - length));
  return bits.map((more) => {
    const size = 1n << BigInt(width - length - more);
    const start = ((next + size - 1n) / size) * size;
    if (more < 1 || start + size > end) throw new RefusedArguments();
    next = start + size;
    return `${formatAddress(start, width)}/${length + more}`;
  });
}

function formatAddress(address: bigint, width: number): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  return shortened(groups);
}

/** The longest run of two or more zero groups becomes `::` (RFC 5952, section 4.2). */
function shortened(groups: readonly string[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}
