import type { Finding, FindingStatus } from '../../src/model/finding.ts';

/** Where the first control says the first status of a resource, the second must say the second of it. */
type Implication = readonly [
  premise: string,
  said: FindingStatus,
  conclusion: string,
  allowed: readonly FindingStatus[],
];

const IMPLICATIONS: readonly Implication[] = [
  ['CloudFront.13', 'PASS', 'CloudFront.1001', ['PASS']],
  ['CloudTrail.1', 'PASS', 'CloudTrail.3', ['PASS']],
  ['DynamoDB.1002', 'PASS', 'DynamoDB.1001', ['PASS']],
  ['EC2.13', 'FAIL', 'EC2.18', ['FAIL']],
  ['EC2.13', 'FAIL', 'EC2.19', ['FAIL']],
  ['EC2.14', 'FAIL', 'EC2.18', ['FAIL']],
  ['EC2.14', 'FAIL', 'EC2.19', ['FAIL']],
  ['EC2.18', 'PASS', 'EC2.13', ['PASS']],
  ['EC2.18', 'PASS', 'EC2.14', ['PASS']],
  ['EC2.18', 'PASS', 'EC2.19', ['PASS']],
  ['EC2.19', 'PASS', 'EC2.53', ['PASS']],
  ['EC2.19', 'PASS', 'EC2.54', ['PASS']],
  ['EC2.53', 'FAIL', 'EC2.19', ['FAIL']],
  ['EC2.54', 'FAIL', 'EC2.19', ['FAIL']],
  ['GuardDuty.10', 'PASS', 'GuardDuty.1', ['PASS']],
  ['GuardDuty.9', 'PASS', 'GuardDuty.1', ['PASS']],
  ['IAM.1', 'FAIL', 'IAM.21', ['FAIL']],
  ['IAM.21', 'PASS', 'IAM.1', ['PASS']],
  ['Lambda.5', 'PASS', 'Lambda.3', ['PASS']],
  ['S3.10', 'FAIL', 'S3.13', ['FAIL']],
  ['S3.10', 'FAIL', 'S3.14', ['PASS']],
  ['S3.2', 'FAIL', 'S3.8', ['FAIL', 'UNKNOWN']],
  ['S3.3', 'FAIL', 'S3.8', ['FAIL', 'UNKNOWN']],
  ['S3.8', 'PASS', 'S3.2', ['PASS']],
  ['S3.8', 'PASS', 'S3.3', ['PASS']],
  ['SecretsManager.4', 'PASS', 'SecretsManager.1', ['PASS']],
  ['SNS.1001', 'PASS', 'SNS.1', ['PASS']],
  ['SQS.1001', 'PASS', 'SQS.1', ['PASS']],
];

/** What is wrong with the findings of one environment as a whole: contradictions, doubles and defects. */
export function contradictions(findings: readonly Finding[]): readonly string[] {
  const said = new Map(findings.map((each) => [`${each.control} ${each.resource}`, each.status]));
  const problems = findings.length === said.size ? [] : ['a control says two things of one resource'];
  for (const { because, control, resource } of findings) {
    if (because.en.includes('a defect of this program'))
      problems.push(`${control} ${resource}: ${because.en}`);
  }
  for (const [premise, status, conclusion, allowed] of IMPLICATIONS) {
    for (const { control, resource, status: given } of findings) {
      if (control !== premise || given !== status) continue;
      const other = said.get(`${conclusion} ${resource}`);
      if (other !== undefined && !allowed.includes(other)) {
        problems.push(`${resource}: ${premise} says ${status}, ${conclusion} says ${other}`);
      }
    }
  }
  return problems;
}
