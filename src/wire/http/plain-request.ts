/** A whole request in the plainest form that clients send. */
export interface PlainRequest {
  readonly method: string;
  readonly target: string;
  /** Values by names in lower case, in the order sent. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}

export interface PlainLimits {
  readonly headerBytes: number;
  readonly headers: number;
}

const END_OF_HEAD = '\r\n\r\n';
const END_OF_LINE = '\r\n';
const FIRST_LINE = /^(POST|GET|PUT|DELETE) (\/[!-~]*) HTTP\/1\.1$/;
/** Tokens and visible ASCII: no line is folded, none ends in a lone CR or LF, no name is followed by a space. */
const HEADERS = /^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)+$/;
const LENGTH = /^\d{1,8}$/;
/** Headers that change how a message is read, or what becomes of its connection. */
const NOT_PLAIN = ['transfer-encoding', 'upgrade', 'expect', 'trailer', 'te', 'proxy-connection'] as const;

/**
 * Reads bytes that are one request and nothing else: a head that can be understood in one way only, and the whole body
 * with its length. Undefined for everything else, which is for a parser that knows all of HTTP.
 * Source: RFC 9112, sections 3, 5 and 6.
 */
export function plainRequest(bytes: Buffer, limits: PlainLimits): PlainRequest | undefined {
  const end = bytes.indexOf(END_OF_HEAD, 0, 'latin1');
  if (end < 0 || end > limits.headerBytes) return undefined;
  const head = bytes.toString('latin1', 0, end + END_OF_LINE.length);
  const begin = head.indexOf(END_OF_LINE) + END_OF_LINE.length;
  const first = FIRST_LINE.exec(head.slice(0, begin - END_OF_LINE.length));
  if (!first || !HEADERS.test(head.slice(begin))) return undefined;
  const byName = headersIn(head, begin, limits.headers);
  if (!byName || !isPlain(byName)) return undefined;
  const from = end + END_OF_HEAD.length;
  if (bytes.length - from !== lengthOf(byName)) return undefined;
  const [, method = '', target = ''] = first;
  return { method, target, byName, body: bytes.subarray(from) };
}

function headersIn(head: string, begin: number, most: number): Map<string, string[]> | undefined {
  const byName = new Map<string, string[]>();
  let count = 0;
  for (let at = begin; at < head.length; count += 1) {
    if (count === most) return undefined;
    const colon = head.indexOf(':', at);
    const end = head.indexOf(END_OF_LINE, colon);
    const name = head.slice(at, colon).toLowerCase();
    const value = head.slice(colon + 1, end).trim();
    const before = byName.get(name);
    if (before) before.push(value);
    else byName.set(name, [value]);
    at = end + END_OF_LINE.length;
  }
  return byName;
}

function isPlain(byName: ReadonlyMap<string, readonly string[]>): boolean {
  if (byName.get('host')?.length !== 1) return false;
  const connection = byName.get('connection');
  if (connection && (connection.length > 1 || connection[0]?.toLowerCase() !== 'keep-alive')) return false;
  for (const name of NOT_PLAIN) if (byName.has(name)) return false;
  return true;
}

/** NaN when it is not said, or not in one way. Without a length there is no body. */
function lengthOf(byName: ReadonlyMap<string, readonly string[]>): number {
  const given = byName.get('content-length');
  if (given === undefined) return 0;
  const [length = ''] = given;
  return given.length === 1 && LENGTH.test(length) ? Number(length) : Number.NaN;
}
