/** The safeguards as constructs. `Safeguards.attachTo(stack)` is where to begin. */

export { AccountSafeguards, type AccountSafeguardsProps } from './account/account-safeguards.ts';
export { TrailAlarms, type TrailAlarmsProps } from './account/alarms.ts';
export {
  AccessAnalyzers,
  ContinuousSecurityHub,
  Investigation,
  MonthlyBudget,
  type MonthlyBudgetProps,
  SensitiveDataDiscovery,
  ThreatDetection,
} from './account/detection.ts';
export { EconomicalSecurityHub, type EconomicalSecurityHubProps } from './account/economical-security-hub.ts';
export {
  AccountTrail,
  type AccountTrailProps,
  AuditKey,
  ConfigRecording,
  EvidenceBucket,
  type EvidenceBucketProps,
} from './account/evidence.ts';
export {
  FindingsRoutes,
  type FindingsRoutesProps,
  OperatorTopic,
  type OperatorTopicProps,
} from './account/notifications.ts';
export type { AccountSafeguardsOptions } from './account/options.ts';
export {
  AccountPublicAccessBlock,
  AccountSetting,
  EbsEncryptionByDefault,
  MacieJob,
  MetadataTokenByDefault,
  PasswordPolicy,
  VulnerabilityScans,
} from './account/settings.ts';
export { AcmSafeguard, type AcmSafeguardProps, type Domain, RenewingCertificate } from './attach/acm.ts';
export { BackupSafeguard, type BackupSafeguardProps } from './attach/backup.ts';
export {
  EncryptionAtRestSafeguard,
  type EncryptionAtRestSafeguardProps,
} from './attach/encryption-at-rest.ts';
export {
  IamLeastPrivilegeSafeguard,
  type IamLeastPrivilegeSafeguardProps,
  WorkloadBoundary,
} from './attach/iam-least-privilege.ts';
export { Imdsv2Safeguard, type Imdsv2SafeguardProps } from './attach/imdsv2.ts';
export { KmsSafeguard, type KmsSafeguardProps } from './attach/kms.ts';
export { LoggingSafeguard, type LoggingSafeguardProps } from './attach/logging.ts';
export { MfaSafeguard, type MfaSafeguardProps } from './attach/mfa.ts';
export {
  DEFAULT_FIREWALL_RULES,
  NetworkFirewall,
  type NetworkFirewallProps,
} from './attach/network-firewall.ts';
export {
  NetworkLeastPrivilegeSafeguard,
  type NetworkLeastPrivilegeSafeguardProps,
} from './attach/network-least-privilege.ts';
export {
  PatchManagerSafeguard,
  type PatchManagerSafeguardProps,
  WeeklyPatches,
  type WeeklyPatchesProps,
} from './attach/patch-manager.ts';
export { RedundancySafeguard, type RedundancySafeguardProps } from './attach/redundancy.ts';
export {
  S3BlockPublicAccessSafeguard,
  type S3BlockPublicAccessSafeguardProps,
} from './attach/s3-block-public-access.ts';
export { SecretsManagerSafeguard, type SecretsManagerSafeguardProps } from './attach/secrets-manager.ts';
export { SegmentationSafeguard, type SegmentationSafeguardProps } from './attach/segmentation.ts';
export { SHIELD_COMMITMENT, ShieldSafeguard, type ShieldSafeguardProps } from './attach/shield.ts';
export { LISTENER_POLICY, TlsSafeguard, type TlsSafeguardProps } from './attach/tls.ts';
export { WafSafeguard, type WafSafeguardProps, WebFirewall, type WebFirewallProps } from './attach/waf.ts';
export { CATALOGUE, type CatalogueEntry, type Choice, type Level, type SafeguardId } from './catalogue.ts';
export { ManagedKey, type ManagedKeyProps } from './keys.ts';
export { LogBucket, type LogBucketProps } from './log-bucket.ts';
export type { SafeguardsOptions } from './options.ts';
export type { Outcome } from './outcome.ts';
export { type Ecosystem, type RepositoryFilesProps, repositoryFiles } from './repository-files.ts';
export { Safeguards } from './safeguards.ts';
export { WebData, type WebDataProps } from './webapp/data.ts';
export {
  WebBalancer,
  type WebBalancerProps,
  WebDistribution,
  type WebDistributionProps,
} from './webapp/front.ts';
export { WebGroups, type WebGroupsProps } from './webapp/groups.ts';
export { WebNetwork, type WebNetworkProps } from './webapp/network.ts';
export { NEWEST_IMAGE, WebServers, type WebServersProps } from './webapp/servers.ts';
export { WebApp, type WebAppProps } from './webapp/web-app.ts';
