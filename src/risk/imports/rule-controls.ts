/**
 * Which controls each risk rule rests on (the `controls` of its candidates; a test compares). A finding of
 * another tool on one of these controls belongs to that risk.
 */
export const RULE_CONTROLS: Readonly<Record<string, readonly string[]>> = {
  'admin-port': ['EC2.13', 'EC2.14', 'EC2.19', 'EC2.53', 'EC2.54', 'EC2.9'],
  'api-noauth': ['APIGateway.8', 'APIGateway.1001', 'Lambda.1'],
  'app-is-master': ['RDS.24', 'RDS.25'],
  'bill-flood': ['Lambda.1002'],
  blind: ['CloudTrail.1', 'CloudTrail.3', 'CloudTrail.4'],
  'bucket-public-write': ['S3.1', 'S3.3', 'S3.8', 'S3.12'],
  'bucket-public': ['S3.1', 'S3.2', 'S3.8', 'S3.12'],
  'cert-lapse': ['ELB.2', 'ELB.1001', 'CloudFront.7'],
  'cognito-weak': ['Cognito.5', 'Cognito.2'],
  'compute-admin': ['IAM.1', 'IAM.21', 'IAM.1004'],
  'db-flat': ['EC2.18', 'EC2.19'],
  'db-plain': ['RDS.38', 'RDS.39', 'ElastiCache.5'],
  'db-public': ['RDS.2', 'EC2.19', 'Redshift.1', 'OpenSearch.2', 'ES.2'],
  'dead-alarm': ['CloudWatch.15', 'CloudWatch.17'],
  'direct-ip': ['EC2.9', 'EC2.25', 'AutoScaling.5', 'ECS.2'],
  'erase-trail': ['CloudTrail.4', 'CloudTrail.6', 'CloudTrail.7', 'S3.15'],
  'flood-single': ['ELB.16', 'AutoScaling.2', 'EC2.9'],
  'http-plain': ['ELB.1', 'ELB.3', 'CloudFront.3'],
  'inject-db': ['ELB.16', 'APIGateway.4', 'CloudFront.6', 'WAF.10'],
  'key-open': ['KMS.5'],
  'no-restore': ['RDS.7', 'RDS.8', 'RDS.11', 'RDS.1001', 'DocumentDB.2', 'DocumentDB.5', 'Neptune.4'],
  'origin-plain': ['CloudFront.9', 'CloudFront.10'],
  overwrite: ['S3.14', 'S3.15'],
  privesc: ['IAM.1', 'IAM.21', 'IAM.1002'],
  'pw-in-template': ['RDS.1003', 'EC2.1006', 'Lambda.1004', 'ECS.1001', 'ECS.8', 'CodeBuild.2'],
  'pw-static': ['SecretsManager.1', 'SecretsManager.4'],
  'resource-open': ['SQS.3', 'SNS.4', 'Lambda.1', 'ECR.1002'],
  'role-reads-all': ['IAM.1', 'IAM.21'],
  'single-az': ['RDS.5', 'RDS.15'],
  'snapshot-leak': ['RDS.3', 'RDS.27', 'EC2.3', 'EC2.7', 'Redshift.10', 'DocumentDB.1', 'Neptune.1'],
  'ssrf-imds': ['EC2.8', 'AutoScaling.3', 'EC2.170'],
  'static-key': ['IAM.2', 'EC2.1002'],
  'tf-state-pw': ['RDS.1003'],
  'tls-old': ['ELB.8', 'ELB.17'],
  unpatched: ['SSM.1', 'EC2.9', 'AutoScaling.5'],
  'web-exploit': ['ELB.16', 'APIGateway.4', 'CloudFront.6', 'WAF.10'],
};

/**
 * Controls that are no evidence of a rule, and yet are answered by deciding on its risk: the same
 * protection is missing there.
 */
export const RELATED_CONTROLS: Readonly<Record<string, readonly string[]>> = {
  blind: [
    'CloudTrail.2',
    'CloudTrail.5',
    'Config.1',
    'GuardDuty.1',
    'SecurityHub.1001',
    'AccessAnalyzer.1001',
    'EC2.6',
  ],
  unpatched: ['Inspector.1', 'Inspector.2', 'Inspector.3', 'Inspector.4', 'ECR.1', 'Lambda.2', 'RDS.13'],
  'no-restore': ['DynamoDB.2', 'DynamoDB.6', 'EFS.2', 'Redshift.3', 'ElastiCache.1'],
  'snapshot-leak': ['EFS.1', 'DynamoDB.3', 'OpenSearch.1', 'ES.1', 'ElastiCache.4'],
};
