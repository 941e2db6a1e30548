/** Percent-encodes all but the unreserved characters of RFC 3986 section 2.3, as SigV4 wants it. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Undoes percent-encoding; a plus sign stays one. `undefined` when it is not valid UTF-8 or not an escape. */
export function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
