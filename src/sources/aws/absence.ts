/**
 * Types whose absence says something of an account: without a trail nothing is recorded. Where they were
 * not collected, their absence must not be judged. Other types are judged only where they are found.
 */
export const JUDGED_BY_ABSENCE: ReadonlySet<string> = new Set([
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Budgets::Budget',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::Config::ConfigurationRecorder',
  'AWS::Config::DeliveryChannel',
  'AWS::Detective::Graph',
  'AWS::Events::Rule',
  'AWS::GuardDuty::Detector',
  'AWS::Logs::MetricFilter',
  'AWS::Macie::Session',
  'AWS::NetworkFirewall::Firewall',
  'AWS::SSM::Association',
  'AWS::SSM::MaintenanceWindowTask',
  'AWS::SSM::PatchBaseline',
  'AWS::SecurityHub::Hub',
  'AWS::SecurityHub::HubV2',
  'AWS::SecurityHub::Standard',
  'AWS::Shield::Protection',
  'AWS::WAFv2::WebACLAssociation',
  'Account::EbsEncryptionByDefault',
  'Account::InspectorActivation',
  'Account::InstanceMetadataDefaults',
  'Account::MfaSummary',
  'Account::PasswordPolicy',
  'Account::S3PublicAccessBlock',
]);
