/** Where a safeguard stands: at single resources, once in the account or region, or in how people work. */
export type Level = 'place' | 'account' | 'people';

/** One safeguard by the name under which `honmaru assess` judges it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly level: Level;
  /** Whether it is attached unless somebody says otherwise. */
  readonly onByDefault: boolean;
  /** Order of magnitude per month in US dollars (us-east-1, small web application, list prices of 2026). */
  readonly price: string;
  /** Why it is not on by default, where it is not. */
  readonly why?: string;
}

const FREE = 'free';

/** All safeguards, by the ids of `honmaru assess`. The Terraform module has the same names and defaults. */
export const CATALOGUE = [
  {
    id: 'waf',
    level: 'place',
    onByDefault: true,
    price: '$5 per web ACL + $1 per rule + $0.60 per million requests',
  },
  { id: 'tls', level: 'place', onByDefault: true, price: FREE },
  { id: 'acm', level: 'place', onByDefault: true, price: 'free (public certificates); needs a domain name' },
  {
    id: 'backup',
    level: 'place',
    onByDefault: true,
    price: '$0.10 per GB and month beyond the size of the database',
  },
  { id: 'encryption-at-rest', level: 'place', onByDefault: true, price: FREE },
  { id: 'kms', level: 'place', onByDefault: true, price: '$1 per key + $0.03 per 10,000 calls' },
  { id: 'imdsv2', level: 'place', onByDefault: true, price: FREE },
  {
    id: 'logging',
    level: 'place',
    onByDefault: true,
    price: '$0.50 per GB of flow and WAF logs, $0.02 per GB of access logs',
  },
  { id: 'network-least-privilege', level: 'place', onByDefault: true, price: FREE },
  { id: 'patch-manager', level: 'place', onByDefault: true, price: FREE },
  {
    id: 'redundancy',
    level: 'place',
    onByDefault: true,
    price: 'the price of a second server and of a standby database',
  },
  { id: 's3-block-public-access', level: 'place', onByDefault: true, price: FREE },
  { id: 'secrets-manager', level: 'place', onByDefault: true, price: '$0.40 per secret' },
  { id: 'segmentation', level: 'place', onByDefault: true, price: 'about $35 per NAT gateway' },
  {
    id: 'mfa',
    level: 'place',
    onByDefault: false,
    price: FREE,
    why: 'every user of the pool must set up an authenticator app at the next sign-in',
  },
  {
    id: 'iam-least-privilege',
    level: 'place',
    onByDefault: false,
    price: FREE,
    why: 'a permissions boundary takes rights away; try it in a test environment first',
  },
  {
    id: 'network-firewall',
    level: 'place',
    onByDefault: false,
    price: 'about $290 per zone + $0.065 per GB',
    why: 'hundreds of dollars a month; the egress rules of security groups are free',
  },
  {
    id: 'shield',
    level: 'place',
    onByDefault: false,
    price: '$3,000 for at least twelve months + data',
    why: 'a yearly commitment; Shield Standard is free and always on',
  },
  {
    id: 'access-analyzer',
    level: 'account',
    onByDefault: true,
    price: 'external access free; unused access $0.20 per role or user',
  },
  { id: 'budget', level: 'account', onByDefault: true, price: FREE },
  {
    id: 'cloudtrail',
    level: 'account',
    onByDefault: true,
    price: 'first trail free + storage; data events $0.10 per 100,000',
  },
  { id: 'cloudwatch-alarms', level: 'account', onByDefault: true, price: '$0.10 per alarm' },
  { id: 'config', level: 'account', onByDefault: true, price: '$0.003 per recorded change' },
  { id: 'detective', level: 'account', onByDefault: true, price: '$2 per GB of ingested logs' },
  { id: 'eventbridge', level: 'account', onByDefault: true, price: FREE },
  {
    id: 'guardduty',
    level: 'account',
    onByDefault: true,
    price: '$4 per million events + $1 per GB of flow logs',
  },
  {
    id: 'inspector',
    level: 'account',
    onByDefault: true,
    price: '$1.26 per server, $0.09 per image, $0.30 per function',
  },
  { id: 'macie', level: 'account', onByDefault: true, price: '$0.10 per bucket + $1 per inspected GB' },
  {
    id: 'security-hub',
    level: 'account',
    onByDefault: true,
    price: '$0.0010 per check; the economical mode pays for one day a month',
  },
  { id: 'access-advisor', level: 'people', onByDefault: true, price: FREE },
  { id: 'code-review', level: 'people', onByDefault: true, price: FREE },
  { id: 'dependabot', level: 'people', onByDefault: true, price: FREE },
  { id: 'vulnerability-intelligence', level: 'people', onByDefault: true, price: FREE },
] as const satisfies readonly CatalogueEntry[];

/** The id of a safeguard, as `honmaru assess` shows it. */
export type SafeguardId = (typeof CATALOGUE)[number]['id'];

/** What turns safeguards on and off by name. */
export interface Choice {
  /** Safeguards to leave out. */
  readonly off?: readonly SafeguardId[];
  /** Safeguards to attach beside those that are on by default. */
  readonly on?: readonly SafeguardId[];
  /** Only these, whatever the defaults say. */
  readonly only?: readonly SafeguardId[];
}

/** Whether a safeguard is wanted. Throws on a name that no safeguard has. */
export function isWanted(id: SafeguardId, choice: Choice): boolean {
  if (choice.off?.includes(id)) return false;
  if (choice.only) return choice.only.includes(id);
  return choice.on?.includes(id) === true || (entryOf(id)?.onByDefault ?? false);
}

/** The catalogue's entry for a name. */
export function entryOf(id: string): CatalogueEntry | undefined {
  return CATALOGUE.find((each) => each.id === id);
}

/**
 * Refuses names that no safeguard has, and in `on` and `only` those that are attached elsewhere: a misspelt or
 * misplaced name must not go unnoticed.
 *
 * @param here the ids that can be attached here
 * @param elsewhere where the others are attached, in words
 */
export function checkNames(choice: Choice, here: readonly string[], elsewhere: string): void {
  for (const [list, names] of Object.entries({ off: choice.off, on: choice.on, only: choice.only })) {
    for (const name of names ?? []) {
      if (!entryOf(name)) {
        const known = CATALOGUE.map((each) => each.id).join(', ');
        throw new Error(`${list}: there is no safeguard "${name}"; there are ${known}`);
      }
      if (list !== 'off' && !here.includes(name))
        throw new Error(`${list}: ${name} is not attached here but ${elsewhere}`);
    }
  }
}
