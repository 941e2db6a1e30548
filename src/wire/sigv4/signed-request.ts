/** A request as it came over the line, before anything about it is believed. */
export interface SignedRequest {
  readonly method: string;
  /** The request target: path and query as sent, still percent-encoded. */
  readonly target: string;
  /** Names and values in the order sent; a repeated header appears repeatedly. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** The same headers by their names in lower case, where somebody has sorted them already. */
  readonly byName?: ReadonlyMap<string, readonly string[]>;
}

const NONE: readonly string[] = [];

/** The values of one header in the order sent. `name` is in lower case. */
export function headerValues(request: SignedRequest, name: string): readonly string[] {
  if (request.byName) return request.byName.get(name) ?? NONE;
  return request.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** The names of all headers, in lower case. */
export function headerNamesOf(request: SignedRequest): Iterable<string> {
  return request.byName?.keys() ?? request.headers.map(([name]) => name.toLowerCase());
}

/** The path and the query of a request target, split at the first question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, query: '' };
  return { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
