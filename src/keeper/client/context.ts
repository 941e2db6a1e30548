/**
 * An encryption context as the bytes that are authenticated with a ciphertext: the pairs sorted by their names'
 * bytes, each name and value preceded by its length, so that no two contexts have the same bytes.
 */
export function contextBytes(context: Readonly<Record<string, string>> | undefined): Buffer {
  const pairs = Object.entries(context ?? {});
  if (pairs.length === 0) return NO_CONTEXT;
  const parts = pairs
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .sort(([one], [other]) => Buffer.compare(one, other))
    .flat();
  return Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
}

const NO_CONTEXT = Buffer.alloc(0);

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(part.length);
  return length;
}
