/**
 * Types that are judged in templates and not read from an account, each with the reason. A test compares this
 * list and the collectors with what controls, safeguards and risk rules look for.
 */
export const NOT_COLLECTED: ReadonlyMap<string, string> = new Map([
  ['AWS::ApiGatewayV2::DomainName', 'the service lists the same names as AWS::ApiGateway::DomainName'],
  ['AWS::DynamoDB::GlobalTable', 'each replica is read as the table that it is, AWS::DynamoDB::Table'],
  ['AWS::EC2::SecurityGroupIngress', 'the rules are read inside their AWS::EC2::SecurityGroup'],
  ['AWS::EC2::SecurityGroupEgress', 'the rules are read inside their AWS::EC2::SecurityGroup'],
  ['AWS::IAM::Policy', 'inline policies are read inside their user, group or role'],
  ['AWS::IAM::GroupPolicy', 'inline policies are read inside their group'],
  ['AWS::IAM::RolePolicy', 'inline policies are read inside their role'],
  ['AWS::IAM::UserPolicy', 'inline policies are read inside their user'],
  ['AWS::Inspector::AssessmentTarget', 'Amazon Inspector Classic has ended; its successor is read'],
  ['AWS::Inspector::AssessmentTemplate', 'Amazon Inspector Classic has ended; its successor is read'],
  ['AWS::S3::Object', 'a word of trail selectors, not a resource'],
  [
    'AWS::SSMQuickSetup::ConfigurationManager',
    'what a quick setup made is read: associations, windows, baselines',
  ],
  [
    'AWS::SecretsManager::SecretTargetAttachment',
    'the service shows rotation itself; the attachment is a template thing',
  ],
  ['AWS::WAFRegional::WebACLAssociation', 'AWS WAF Classic has ended; its successor is read'],
  ['Account::Account', 'the account itself'],
  ['Account::DefaultHostManagement', 'the setting behind it is read: Account::SystemsManagerSetting'],
]);
