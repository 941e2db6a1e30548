/** The paths that ARNs of IAM begin with, in the order in which AWS names them. */
const IAM_PATHS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
];

/** AWS's message about a resource that is no ARN, or undefined. */
export function resourceFormatFlaw(text: string): string | undefined {
  if (text === '*') return undefined;
  const [prefix, partition, ...rest] = text.split(':');
  if (partition === undefined) return `Resource ${text} must be in ARN format or "*".`;
  if (prefix !== 'arn' || !isPartition(partition)) {
    const [one, two, three, four] = [0, 1, 2, 3].map((index) => rest[index] ?? '*');
    const shown = `arn:${partition}:${one}:${two}:${three}:${four}`;
    return isPartition(partition)
      ? `Resource ${text} must be in ARN format or "*".`
      : `Partition "${partition}" is not valid for resource "${shown}".`;
  }
  if (rest.length === 0) return 'Resource vendor must be fully qualified and cannot contain regexes.';
  return rest[0] === 'iam' ? iamFlaw(text, rest) : undefined;
}

function isPartition(partition: string): boolean {
  return partition.startsWith('aws') || partition.includes('*');
}

function iamFlaw(text: string, [, region, , ...path]: readonly string[]): string | undefined {
  if (region !== undefined && region !== '' && region !== '*') {
    return `IAM resource ${text} cannot contain region information.`;
  }
  if (path.length === 0) return undefined;
  const resource = path.join(':');
  if (resource.startsWith('*') || IAM_PATHS.some((each) => resource.startsWith(each))) return undefined;
  return `IAM resource path must either be "*" or start with ${IAM_PATHS.join(', ')}.`;
}
