const AWS = /^(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/;
const LOCAL = /^(?<bucket>[a-z0-9][a-z0-9.-]{1,61}?[a-z0-9])\.(?:s3\.)?localhost$/;

/**
 * The path with the bucket that the host names in front of it: both ways of addressing become one.
 * Source: Amazon S3 User Guide, "Virtual hosting of general purpose buckets".
 */
export function pathStyle(host: string, path: string): string {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const bucket = (AWS.exec(name) ?? LOCAL.exec(name))?.groups?.bucket;
  return bucket === undefined || bucket === 's3' ? path : `/${bucket}${path}`;
}
