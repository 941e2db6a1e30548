import { percentDecode, percentEncode } from './percent.ts';
import { headerValues, type SignedRequest, splitTarget } from './signed-request.ts';

/** How a service wants paths signed: S3 takes them as they are, all others normalise and encode once more. */
export type PathStyle = 's3' | 'normalised';

/** Decoded query parameters in the order sent; `undefined` when an escape is malformed. */
export function queryParameters(query: string): [name: string, value: string][] | undefined {
  const parameters: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = percentDecode(equals < 0 ? part : part.slice(0, equals));
    const value = percentDecode(equals < 0 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    parameters.push([name, value]);
  }
  return parameters;
}

const NO_PARAMETERS: readonly [string, string][] = [];

function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function canonicalQuery(parameters: readonly (readonly [string, string])[]): string {
  return parameters
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort((left, right) => byCodeUnits(left[0], right[0]) || byCodeUnits(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const endsInFolder = kept.length > 0 && /\/\.{0,2}$/.test(path);
  return `/${kept.join('/')}${endsInFolder ? '/' : ''}`;
}

function canonicalPath(path: string, style: PathStyle): string | undefined {
  if (path === '/') return path;
  const plain = style === 's3' ? percentDecode(path) : withoutDotSegments(path);
  return plain?.split('/').map(percentEncode).join('/');
}

function trimmed(value: string): string {
  const plain =
    !value.includes('\t') && !value.includes('  ') && !value.startsWith(' ') && !value.endsWith(' ');
  if (plain) return value;
  return value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');
}

function canonicalHeader(request: SignedRequest, name: string): string {
  const values = headerValues(request, name);
  const [only = ''] = values;
  if (values.length <= 1) return `${name}:${trimmed(only)}\n`;
  return `${name}:${values.map(trimmed).join(',')}\n`;
}

/**
 * The canonical request that is hashed into the string to sign.
 * `undefined` when the path or the query holds a malformed escape.
 * Source: AWS IAM User Guide, "Create a signed AWS API request", step 1.
 */
export function canonicalRequest(
  request: SignedRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
  style: PathStyle,
): string | undefined {
  const target = splitTarget(request.target);
  const path = canonicalPath(target.path, style);
  const parameters = target.query === '' ? NO_PARAMETERS : queryParameters(target.query);
  if (path === undefined || parameters === undefined) return undefined;
  const query = parameters.length === 0 ? '' : canonicalQuery(parameters);
  let headers = '';
  for (const name of signedHeaders) headers += canonicalHeader(request, name);
  return `${request.method}\n${path}\n${query}\n${headers}\n${signedHeaders.join(';')}\n${payloadHash}`;
}
