/**
 * The condition keys that are there for every service, in lower case, with the type of their values;
 * keys that end in `/` take a name behind it. Source: IAM User Guide, "AWS global condition context keys".
 */
export const GLOBAL_KEYS: ReadonlyMap<string, string> = new Map([
  ['aws:assumedroot', 'String'],
  ['aws:calledvia', 'ArrayOfString'],
  ['aws:calledviaawsmcp', 'String'],
  ['aws:calledviafirst', 'String'],
  ['aws:calledvialast', 'String'],
  ['aws:chatbotsourcearn', 'ARN'],
  ['aws:currenttime', 'Date'],
  ['aws:ec2instancesourceprivateipv4', 'IPAddress'],
  ['aws:ec2instancesourcevpc', 'String'],
  ['aws:epochtime', 'Date'],
  ['aws:federatedprovider', 'String'],
  ['aws:ismcpserviceaction', 'Bool'],
  ['aws:multifactorauthage', 'Numeric'],
  ['aws:multifactorauthpresent', 'Bool'],
  ['aws:principalaccount', 'String'],
  ['aws:principalarn', 'ARN'],
  ['aws:principalisawsservice', 'Bool'],
  ['aws:principalorgid', 'String'],
  ['aws:principalorgpaths', 'ArrayOfString'],
  ['aws:principalservicename', 'String'],
  ['aws:principalservicenameslist', 'ArrayOfString'],
  ['aws:principaltag/', 'String'],
  ['aws:principaltype', 'String'],
  ['aws:referer', 'String'],
  ['aws:requestedregion', 'String'],
  ['aws:requesttag/', 'String'],
  ['aws:resourceaccount', 'String'],
  ['aws:resourceorgid', 'String'],
  ['aws:resourceorgpaths', 'ArrayOfString'],
  ['aws:resourcetag/', 'String'],
  ['aws:securetransport', 'Bool'],
  ['aws:sourceaccount', 'String'],
  ['aws:sourcearn', 'ARN'],
  ['aws:sourceidentity', 'String'],
  ['aws:sourceip', 'IPAddress'],
  ['aws:sourceorgid', 'String'],
  ['aws:sourceorgpaths', 'ArrayOfString'],
  ['aws:sourceowner', 'String'],
  ['aws:sourcevpc', 'String'],
  ['aws:sourcevpcarn', 'ARN'],
  ['aws:sourcevpce', 'String'],
  ['aws:tagkeys', 'ArrayOfString'],
  ['aws:tokenissuetime', 'Date'],
  ['aws:useragent', 'String'],
  ['aws:userid', 'String'],
  ['aws:username', 'String'],
  ['aws:viaawsservice', 'Bool'],
  ['aws:vpceaccount', 'String'],
  ['aws:vpceorgid', 'String'],
  ['aws:vpceorgpaths', 'ArrayOfString'],
  ['aws:vpcsourceip', 'IPAddress'],
]);

/** The type of a global key, or undefined when there is no such key. */
export function globalKeyType(key: string): string | undefined {
  const lower = key.toLowerCase();
  const slash = lower.indexOf('/');
  return GLOBAL_KEYS.get(slash < 0 ? lower : lower.slice(0, slash + 1));
}
