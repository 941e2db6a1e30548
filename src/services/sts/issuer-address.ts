import { BlockList, isIP } from 'node:net';

/** Whether an address may be connected to. */
export type AddressRule = (address: string) => boolean;

/**
 * Never the address of an identity provider: this machine's own network, and where clouds give credentials to whoever
 * asks. Source: RFC 6890 (special-purpose addresses); the manuals of AWS, Azure, Oracle and Alibaba on instance metadata.
 */
const FORBIDDEN = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '168.63.129.16/32',
  '100.100.100.200/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'fd00:ec2::/32',
  'ff00::/8',
  // 169.254.0.0/16 by NAT64 (RFC 6052).
  '64:ff9b::a9fe:0/112',
]);

/** Inside: loopback, private and shared addresses. Source: RFC 1918, RFC 4193, RFC 6598. */
const INSIDE = blockList([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  '64:ff9b::7f00:0/104',
  '64:ff9b::a00:0/104',
]);

/** Where the documents of one identity provider may be read. */
export interface ProviderAddresses {
  /** Of the issuer itself, which an administrator registered. */
  readonly issuer: AddressRule;
  /**
   * Of what the issuer's document points to: nobody outside sends this server into its own network, so that an inside
   * address is taken only from an issuer that is inside too.
   */
  readonly pointedTo: AddressRule;
}

/** @param networks CIDR blocks that the operator allows whatever they are. */
export function providerAddresses(networks: readonly string[]): ProviderAddresses {
  const allowed = blockList(networks);
  let issuerIsInside = false;
  return {
    issuer(address) {
      if (isIn(INSIDE, address)) issuerIsInside = true;
      return isIn(allowed, address) || !isIn(FORBIDDEN, address);
    },
    pointedTo(address) {
      if (isIn(allowed, address)) return true;
      return !isIn(FORBIDDEN, address) && (issuerIsInside || !isIn(INSIDE, address));
    },
  };
}

/** `10.1.0.0/16`, or `fd00::/8`. */
export function isNetwork(word: string): boolean {
  const [address = '', bits = '', ...rest] = word.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most && rest.length === 0;
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
