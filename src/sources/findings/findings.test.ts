import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../kernel/errors.ts';
import { readFindings } from './index.ts';

const read = (content: unknown, path = 'findings.json') =>
  readFindings({ path, text: typeof content === 'string' ? content : JSON.stringify(content, null, 1) });

const ASFF = {
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:securityhub:ap-northeast-1:111122223333:finding/1',
  ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
  ProductName: 'Security Hub',
  GeneratorId: 'security-control/S3.8',
  AwsAccountId: '111122223333',
  UpdatedAt: '2026-01-02T00:00:00Z',
  Severity: { Label: 'HIGH' },
  Title: 'S3 buckets should block public access',
  Resources: [
    {
      Type: 'AwsS3Bucket',
      Id: 'arn:aws:s3:::uploads',
      Tags: { 'aws:cloudformation:stack-name': 'web', 'aws:cloudformation:logical-id': 'Uploads' },
    },
  ],
  Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
  Workflow: { Status: 'SUPPRESSED' },
  RecordState: 'ACTIVE',
};

const OCSF = {
  class_uid: 2003,
  metadata: {
    version: '1.4.0',
    event_code: 's3_bucket_level_public_access_block',
    product: { name: 'Prowler' },
  },
  severity_id: 4,
  status_code: 'FAIL',
  status_id: 1,
  status: 'New',
  finding_info: { uid: 'u-1', title: 'Block public access' },
  cloud: { account: { uid: '111122223333' } },
  resources: [{ uid: 'arn:aws:s3:::uploads', name: 'uploads', type: 'AwsS3Bucket' }],
};

describe('findings of other tools', () => {
  test('ASFF: the fact, and beside it what somebody did with it', () => {
    const { format, findings } = read({ Findings: [ASFF] });
    assert.equal(format, 'ASFF');
    const [finding] = findings;
    assert.deepEqual(
      { ...finding, source: finding?.source.line },
      {
        tool: 'Security Hub',
        uid: ASFF.Id,
        checks: ['S3.8', 'security-control/S3.8'],
        title: ASFF.Title,
        severity: 'high',
        fact: 'fail',
        handling: 'suppressed',
        says: 'FAILED SUPPRESSED',
        kind: 'configuration',
        updated: ASFF.UpdatedAt,
        resource: {
          names: ['arn:aws:s3:::uploads'],
          type: 'AwsS3Bucket',
          account: '111122223333',
          stack: 'web',
          logicalId: 'Uploads',
        },
        source: 3,
      },
    );
  });

  test('ASFF: a flaw of a package is one by its type, also where no vulnerabilities are listed', () => {
    const { Compliance: _, ...finding } = ASFF;
    const Types = ['Software and Configuration Checks/Vulnerabilities/CVE'];
    const [found] = read([{ ...finding, Types, GeneratorId: 'Trivy/CVE-2019-1549' }]).findings;
    assert.equal(found?.kind, 'package');
    assert.deepEqual(found?.checks, ['CVE-2019-1549', 'Trivy/CVE-2019-1549']);
  });

  test('an archived finding stays the fact that it is', () => {
    const [finding] = read([{ ...ASFF, RecordState: 'ARCHIVED' }]).findings;
    assert.equal(finding?.fact, 'fail');
    assert.equal(finding?.handling, 'archived');
  });

  test('a finding with several resources is one for each', () => {
    const two = { ...ASFF, Resources: [...ASFF.Resources, { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::logs' }] };
    assert.deepEqual(
      read([two]).findings.map(({ uid, resource }) => [uid.slice(-2), resource.names[0]]),
      [
        ['/1', 'arn:aws:s3:::uploads'],
        ['#1', 'arn:aws:s3:::logs'],
      ],
    );
  });

  test('OCSF: a list, or one event on each line', () => {
    assert.equal(read([OCSF]).findings[0]?.checks[0], 's3_bucket_level_public_access_block');
    const passed = { ...OCSF, status_code: 'PASS', finding_info: { uid: 'u-2', title: 't' } };
    const lines = read(`${JSON.stringify(OCSF)}\n${JSON.stringify(passed)}\n`);
    assert.equal(lines.format, 'OCSF');
    assert.deepEqual(
      lines.findings.map(({ uid, fact, source }) => [uid, fact, source.line]),
      [
        ['u-1', 'fail', 1],
        ['u-2', 'pass', 2],
      ],
    );
  });

  test('OCSF: muted and resolved are told, and the fact stays', () => {
    const [muted, resolved] = read([
      { ...OCSF, status_code: 'MUTED' },
      { ...OCSF, status_id: 4, status: 'Resolved' },
    ]).findings;
    assert.deepEqual([muted?.fact, muted?.handling], ['fail', 'suppressed']);
    assert.deepEqual([resolved?.fact, resolved?.handling], ['fail', 'resolved']);
  });

  test("Prowler's own JSON", () => {
    const [finding] = read([
      {
        CheckID: 'rds_instance_no_public_access',
        Status: 'FAIL',
        Severity: 'critical',
        ResourceId: 'db',
        ResourceArn: 'arn:aws:rds:ap-northeast-1:111122223333:db:db',
        AccountId: '111122223333',
        FindingUniqueId: 'p-1',
      },
    ]).findings;
    assert.deepEqual([finding?.tool, finding?.severity, finding?.fact], ['Prowler', 'critical', 'fail']);
  });

  test('Trivy: settings, packages, secrets, and what somebody told it to ignore', () => {
    const { findings } = read({
      SchemaVersion: 2,
      ArtifactName: '.',
      Results: [
        {
          Target: 'template.yaml',
          Misconfigurations: [
            {
              AVDID: 'AVD-AWS-0086',
              ID: 'AVD-AWS-0086',
              Title: 'Block public ACLs',
              Severity: 'HIGH',
              Status: 'FAIL',
              CauseMetadata: { Resource: 'Uploads', StartLine: 7, EndLine: 12 },
            },
          ],
        },
        {
          Target: 'package-lock.json',
          Vulnerabilities: [
            {
              VulnerabilityID: 'CVE-2026-1',
              PkgName: 'left',
              InstalledVersion: '1.0.0',
              Severity: 'CRITICAL',
            },
          ],
          Secrets: [{ RuleID: 'aws-access-key-id', Title: 'AWS key', Severity: 'CRITICAL', StartLine: 3 }],
          ExperimentalModifiedFindings: [
            {
              Type: 'vulnerability',
              Status: 'not_affected',
              Finding: { VulnerabilityID: 'CVE-2026-2', PkgName: 'right', Severity: 'LOW' },
            },
          ],
        },
      ],
    });
    assert.deepEqual(
      findings.map(({ kind, checks, handling }) => [kind, checks[0], handling]),
      [
        ['configuration', 'AVD-AWS-0086', 'open'],
        ['package', 'CVE-2026-1', 'open'],
        ['secret', 'aws-access-key-id', 'open'],
        ['package', 'CVE-2026-2', 'suppressed'],
      ],
    );
    assert.deepEqual(findings[0]?.resource, { names: ['Uploads'], file: 'template.yaml', line: 7 });
  });

  test('Checkov: a check that a comment skips counts as open', () => {
    const check = {
      check_id: 'CKV_AWS_18',
      check_name: 'Access logging',
      file_path: '/template.yaml',
      file_line_range: [7, 12],
      resource: 'AWS::S3::Bucket.Uploads',
      check_result: { result: 'FAILED' },
    };
    const skipped = { ...check, check_result: { result: 'SKIPPED', suppress_comment: 'not needed' } };
    const { findings } = read({
      check_type: 'cloudformation',
      results: { failed_checks: [check], skipped_checks: [skipped], passed_checks: [] },
    });
    assert.deepEqual(
      findings.map(({ fact, handling, says, resource }) => [fact, handling, says, resource.names[0]]),
      [
        ['fail', 'open', 'FAILED', 'Uploads'],
        ['fail', 'suppressed', 'SKIPPED not needed', 'Uploads'],
      ],
    );
  });

  test('SARIF: rule, level, place, and suppressions that are told', () => {
    const { findings } = read({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Scanner',
              rules: [
                {
                  id: 'X1',
                  shortDescription: { text: 'A rule' },
                  properties: { 'security-severity': '9.1' },
                },
              ],
            },
          },
          results: [
            {
              ruleId: 'X1',
              message: { text: 'bad' },
              suppressions: [{ kind: 'inSource' }],
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'infra%20x/template.yaml' },
                    region: { startLine: 9 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    const [finding] = findings;
    assert.deepEqual(
      [finding?.tool, finding?.title, finding?.severity, finding?.handling, finding?.resource.file],
      ['Scanner', 'A rule', 'critical', 'suppressed', 'infra x/template.yaml'],
    );
  });

  test('a newer version, a foreign document and a cut file are each refused with their place', () => {
    const refused = (content: unknown) => {
      try {
        read(content);
      } catch (error) {
        if (error instanceof InputError) return [error.code, error.place?.line];
        throw error;
      }
      return undefined;
    };
    assert.deepEqual(refused({ version: '3.0.0', runs: [] }), ['findings-version', 1]);
    assert.deepEqual(refused([{ ...OCSF, metadata: { version: '2.0.0' } }]), ['findings-version', 2]);
    assert.deepEqual(refused({ SchemaVersion: 3, ArtifactName: 'x' }), ['findings-version', 1]);
    assert.deepEqual(refused({ hello: 'world' }), ['findings-format', 1]);
    assert.equal(refused(JSON.stringify({ Findings: [ASFF] }, null, 1).slice(0, 400))?.[0], 'json-syntax');
    assert.equal(
      refused(`${JSON.stringify(OCSF)}\n${JSON.stringify(OCSF).slice(0, 90)}`)?.[0],
      'json-syntax',
    );
  });

  test('whatever a stranger writes is read or refused, never a defect', () => {
    const words = fc.constantFrom(
      'Findings',
      'SchemaVersion',
      'GeneratorId',
      'Resources',
      'runs',
      'version',
      'results',
      'check_type',
      'Results',
      'ArtifactName',
      'class_uid',
      'metadata',
      'finding_info',
      '__proto__',
      'constructor',
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, 2, '2.1.0', '2018-10-08', ''),
        fc.string({ maxLength: 6 }),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(words, tie('json'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        try {
          assert.ok(Array.isArray(read(JSON.stringify(value)).findings));
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 300 },
    );
  });
});
