import type { CfnResource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ACM_PLACES, AcmSafeguard } from './attach/acm.ts';
import { BACKUP_PLACES, BackupSafeguard } from './attach/backup.ts';
import { BUDGET_PLACES, BudgetSafeguard } from './attach/budget.ts';
import { ENCRYPTION_PLACES, EncryptionAtRestSafeguard } from './attach/encryption-at-rest.ts';
import { IAM_PLACES, IamLeastPrivilegeSafeguard } from './attach/iam-least-privilege.ts';
import { IMDSV2_PLACES, Imdsv2Safeguard } from './attach/imdsv2.ts';
import { KMS_PLACES, KmsSafeguard } from './attach/kms.ts';
import { LOGGING_PLACES, LoggingSafeguard } from './attach/logging.ts';
import { MFA_PLACES, MfaSafeguard } from './attach/mfa.ts';
import { NETWORK_PLACES, NetworkLeastPrivilegeSafeguard } from './attach/network-least-privilege.ts';
import { PATCH_PLACES, PatchManagerSafeguard } from './attach/patch-manager.ts';
import { REDUNDANCY_PLACES, RedundancySafeguard } from './attach/redundancy.ts';
import { S3_PLACES, S3BlockPublicAccessSafeguard } from './attach/s3-block-public-access.ts';
import { SECRETS_PLACES, SecretsManagerSafeguard } from './attach/secrets-manager.ts';
import { SEGMENTATION_PLACES, SegmentationSafeguard } from './attach/segmentation.ts';
import { SHIELD_PLACES, ShieldSafeguard } from './attach/shield.ts';
import { TLS_PLACES, TlsSafeguard } from './attach/tls.ts';
import { WAF_PLACES, WafSafeguard } from './attach/waf.ts';
import type { SafeguardId } from './catalogue.ts';
import type { SafeguardsOptions } from './options.ts';
import { type Done, notAttached } from './outcome.ts';

/** A safeguard that attaches to single resources: where, and the construct that does it. */
export interface PlaceSafeguard {
  readonly id: SafeguardId;
  readonly places: readonly string[];
  attach(
    scope: Construct,
    id: string,
    place: CfnResource,
    options: SafeguardsOptions,
  ): { readonly done: Done };
}

/** In the order in which they must work: certificates before redirects, logs before keys. */
export const PLACE_SAFEGUARDS: readonly PlaceSafeguard[] = [
  {
    id: 'acm',
    places: ACM_PLACES,
    attach: (scope, id, place, { domainName, hostedZoneId }) =>
      new AcmSafeguard(scope, id, {
        place,
        ...(domainName && hostedZoneId ? { domain: { domainName, hostedZoneId } } : {}),
      }),
  },
  { id: 'tls', places: TLS_PLACES, attach: (scope, id, place) => new TlsSafeguard(scope, id, { place }) },
  {
    id: 'waf',
    places: WAF_PLACES,
    attach: (scope, id, place, { rateLimit, distributionWebAclArn }) =>
      new WafSafeguard(scope, id, {
        place,
        ...defined({ rateLimit }),
        ...(place.cfnResourceType.startsWith('AWS::CloudFront::')
          ? defined({ webAclArn: distributionWebAclArn })
          : {}),
      }),
  },
  {
    id: 's3-block-public-access',
    places: S3_PLACES,
    attach: (scope, id, place) => new S3BlockPublicAccessSafeguard(scope, id, { place }),
  },
  {
    id: 'logging',
    places: LOGGING_PLACES,
    attach: (scope, id, place) => new LoggingSafeguard(scope, id, { place }),
  },
  {
    id: 'backup',
    places: BACKUP_PLACES,
    attach: (scope, id, place, { backupDays }) =>
      new BackupSafeguard(scope, id, { place, ...defined({ keepDays: backupDays }) }),
  },
  {
    id: 'encryption-at-rest',
    places: ENCRYPTION_PLACES,
    attach: (scope, id, place, { notDeployedYet }) =>
      new EncryptionAtRestSafeguard(scope, id, { place, ...defined({ notDeployedYet }) }),
  },
  { id: 'kms', places: KMS_PLACES, attach: (scope, id, place) => new KmsSafeguard(scope, id, { place }) },
  {
    id: 'imdsv2',
    places: IMDSV2_PLACES,
    attach: (scope, id, place) => new Imdsv2Safeguard(scope, id, { place }),
  },
  {
    id: 'network-least-privilege',
    places: NETWORK_PLACES,
    attach: (scope, id, place, { publicPorts }) =>
      new NetworkLeastPrivilegeSafeguard(scope, id, { place, ...defined({ publicPorts }) }),
  },
  {
    id: 'patch-manager',
    places: PATCH_PLACES,
    attach: (scope, id, place, { patchSchedule, patchOperatingSystem }) =>
      new PatchManagerSafeguard(scope, id, {
        place,
        ...defined({ schedule: patchSchedule, operatingSystem: patchOperatingSystem }),
      }),
  },
  {
    id: 'redundancy',
    places: REDUNDANCY_PLACES,
    attach: (scope, id, place) => new RedundancySafeguard(scope, id, { place }),
  },
  {
    id: 'secrets-manager',
    places: SECRETS_PLACES,
    attach: (scope, id, place, { applicationFetchesSecrets, rotationFunctionArn }) =>
      new SecretsManagerSafeguard(scope, id, {
        place,
        ...defined({ applicationFetchesSecrets, rotationFunctionArn }),
      }),
  },
  {
    id: 'segmentation',
    places: SEGMENTATION_PLACES,
    attach: (scope, id, place) => new SegmentationSafeguard(scope, id, { place }),
  },
  {
    id: 'budget',
    places: BUDGET_PLACES,
    attach: (scope, id, place, { apiRateLimit, functionConcurrency }) =>
      new BudgetSafeguard(scope, id, { place, ...defined({ apiRateLimit, functionConcurrency }) }),
  },
  {
    id: 'network-firewall',
    places: ['AWS::EC2::VPC'],
    attach: () => ({
      done: notAttached(
        'a firewall needs subnets and routes of its own: build the network with WebNetwork, or add NetworkFirewall and lead the routes through it',
      ),
    }),
  },
  { id: 'mfa', places: MFA_PLACES, attach: (scope, id, place) => new MfaSafeguard(scope, id, { place }) },
  {
    id: 'iam-least-privilege',
    places: IAM_PLACES,
    attach: (scope, id, place) => new IamLeastPrivilegeSafeguard(scope, id, { place }),
  },
  {
    id: 'shield',
    places: SHIELD_PLACES,
    attach: (scope, id, place, { shieldAdvanced }) =>
      new ShieldSafeguard(scope, id, { place, ...defined({ acknowledgement: shieldAdvanced }) }),
  },
];

/** The fields of an object that have a value. */
function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
