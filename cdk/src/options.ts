import type { Choice } from './catalogue.ts';

/** How safeguards are attached to a stack. Every field may be left out. */
export interface SafeguardsOptions extends Choice {
  /** The name under which the application is reached; without it a load balancer gets no HTTPS. */
  readonly domainName?: string;
  /** The public hosted zone of that name. */
  readonly hostedZoneId?: string;
  /** Requests of one address in five minutes before it is blocked. Default 2000. */
  readonly rateLimit?: number;
  /** A web ACL of us-east-1 for distributions of a stack in another region. */
  readonly distributionWebAclArn?: string;
  /** Days for which database backups are kept. Default 14. */
  readonly backupDays?: number;
  /** When patches are installed. Default Saturday 18:00 UTC: `cron(0 18 ? * SAT *)`. */
  readonly patchSchedule?: string;
  /** The servers' system for a patch baseline of your own, such as `AMAZON_LINUX_2023`. */
  readonly patchOperatingSystem?: string;
  /** Ports beside 80 and 443 that everybody may reach. */
  readonly publicPorts?: readonly number[];
  /** Requests per second that an API stage takes. Default 500. */
  readonly apiRateLimit?: number;
  /** Copies of a function that may run at once; without it functions are not capped. */
  readonly functionConcurrency?: number;
  /** Says that the application reads its database secret at run time. */
  readonly applicationFetchesSecrets?: boolean;
  /** The function that rotates the stack's secrets. */
  readonly rotationFunctionArn?: string;
  /** Says that nothing is deployed yet, so that stores may be encrypted although that replaces them. */
  readonly notDeployedYet?: boolean;
  /** Exactly the words of `SHIELD_COMMITMENT`; beside `on: ['shield']`. */
  readonly shieldAdvanced?: string;
}
