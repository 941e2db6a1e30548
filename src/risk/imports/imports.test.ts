import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { catalogueOf } from '../../controls/foreign/index.ts';
import { PROWLER_CHECKS } from '../../controls/foreign/prowler.ts';
import { CONTROLS } from '../../controls/registry.generated.ts';
import { graphOf } from '../../environment/testing.ts';
import type { Imports } from '../../model/imported.ts';
import { readFindings } from '../../sources/findings/index.ts';
import { assess } from '../assess.ts';
import { withImports } from './import.ts';
import { RELATED_CONTROLS, RULE_CONTROLS } from './rule-controls.ts';

const TEMPLATE = `Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: uploads
      PublicAccessBlockConfiguration: { BlockPublicAcls: false }
  Logs:
    Type: AWS::S3::Bucket
`;

const graph = graphOf(TEMPLATE, { stack: 'web' });
const assessment = await assess({
  graph,
  declaration: graph.facts.declaration,
  unknowns: [],
  notAnalysed: [],
});

function hub(id: string, resource: object, changes: object = {}): object {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductName: 'Security Hub',
    GeneratorId: 'security-control/S3.8',
    AwsAccountId: '111122223333',
    Title: 'Block public access',
    Severity: { Label: 'HIGH' },
    Resources: [{ Type: 'AwsS3Bucket', ...resource }],
    Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
    ...changes,
  };
}

const checkov = {
  check_type: 'cloudformation',
  results: {
    failed_checks: [
      {
        check_id: 'CKV_AWS_53',
        check_name: 'Block public ACLs',
        file_path: '/web.yaml',
        file_line_range: [2, 6],
        resource: 'AWS::S3::Bucket.Uploads',
      },
    ],
  },
};

async function imported(contents: readonly unknown[], before?: Pick<Imports, 'findings'>) {
  const files = contents.map((content, index) => {
    const shown = `findings-${index}.json`;
    return { shown, reading: readFindings({ path: shown, text: JSON.stringify(content) }) };
  });
  const whole = await withImports(assessment, graph, files, before);
  assert.ok(whole.imports);
  return { whole, imports: whole.imports };
}

const BUCKET = { Id: 'arn:aws:s3:::uploads' };

describe('imported findings', () => {
  test('one fact that three tools and we found is one, with its sources', async () => {
    const sarif = {
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'trivy' } },
          results: [
            {
              ruleId: 'AVD-AWS-0087',
              message: { text: 'x' },
              locations: [
                { physicalLocation: { artifactLocation: { uri: 'web.yaml' }, region: { startLine: 6 } } },
              ],
            },
          ],
        },
      ],
    };
    const { whole, imports } = await imported([[hub('a', BUCKET)], checkov, sarif]);
    assert.deepEqual([imports.counts.findings, imports.counts.facts, imports.counts.alsoOurs], [3, 1, 1]);
    const [fact] = imports.findings;
    assert.deepEqual([fact?.control, fact?.resource], ['S3.8', 'cfn:web/Uploads']);
    const own = whole.findings.find(({ id }) => id === fact?.finding);
    assert.deepEqual(
      own?.sources?.map(({ tool }) => tool),
      ['Security Hub', 'Checkov', 'trivy'],
    );
  });

  test('a resource is found by tags, by a generated name, by its place; never when two may be meant', async () => {
    const named = async (resource: object) =>
      (await imported([[hub('a', resource)]])).imports.findings[0]?.resource;
    const tags = { 'aws:cloudformation:stack-name': 'web', 'aws:cloudformation:logical-id': 'Logs' };
    assert.equal(await named({ Id: 'arn:aws:s3:::x', Tags: tags }), 'cfn:web/Logs');
    assert.equal(await named({ Id: 'arn:aws:s3:::web-logs-1a2b3c4d5e6f' }), 'cfn:web/Logs');
    assert.equal(await named({ Id: 'arn:aws:s3:::another' }), undefined);
    assert.equal(await named({ Id: 'arn:aws:sqs:eu-west-1:111122223333:uploads' }), undefined);
  });

  test('what is put aside in the other tool is counted all the same, and said', async () => {
    const { imports } = await imported([[hub('a', BUCKET, { Workflow: { Status: 'SUPPRESSED' } })]]);
    assert.deepEqual([imports.counts.findings, imports.counts.setAside], [1, 1]);
  });

  test('what is not in the graph is a group of its own and is said', async () => {
    const { whole, imports } = await imported([[hub('a', { Id: 'arn:aws:s3:::elsewhere' })]]);
    assert.deepEqual(
      imports.decisions.map(({ about }) => about),
      ['outside'],
    );
    assert.ok(whole.coverage.notAnalysed.some(({ what }) => what === 'arn:aws:s3:::elsewhere'));
  });

  test('what fits no control stays visible under its tool', async () => {
    const strange = hub('a', BUCKET, {
      Compliance: undefined,
      GeneratorId: 'guardduty',
      ProductName: 'GuardDuty',
    });
    const { imports } = await imported([[strange]]);
    assert.deepEqual(
      imports.decisions.map(({ about, tools, checks }) => [about, tools, checks]),
      [['other', ['GuardDuty'], ['guardduty']]],
    );
  });

  test('the same file again adds nothing', async () => {
    const first = await imported([[hub('a', BUCKET)]]);
    const twice = await imported([[hub('a', BUCKET)], [hub('a', BUCKET)]]);
    assert.deepEqual(twice.imports.findings, first.imports.findings);
    assert.equal(twice.imports.files[1]?.repeated, 1);
    const later = await imported([[hub('a', BUCKET)]], first.imports);
    assert.deepEqual([later.imports.counts.isNew, later.imports.closed], [0, []]);
  });

  test('a finding that is gone is closed with its reason, unless its tool is silent', async () => {
    const first = await imported([[hub('a', BUCKET)]]);
    const passed = await imported(
      [[hub('a', BUCKET, { Compliance: { Status: 'PASSED', SecurityControlId: 'S3.8' } })]],
      first.imports,
    );
    assert.deepEqual(
      passed.imports.closed.map(({ why }) => why.en),
      ['Security Hub says PASS now'],
    );
    const other = await imported([[hub('b', { Id: 'arn:aws:s3:::elsewhere' })]], first.imports);
    assert.deepEqual(
      other.imports.closed.map(({ why }) => why.en),
      ['Security Hub no longer reports it; our own control S3.8 still fails'],
    );
    const silent = await imported([checkov], {
      findings: first.imports.findings.map((each) => ({ ...each, id: 'of-the-hub-only' })),
    });
    assert.deepEqual(silent.imports.closed, []);
  });

  test('no verdict and no score changes by an import', async () => {
    const { whole } = await imported([[hub('a', BUCKET)], checkov]);
    assert.deepEqual(whole.risks, assessment.risks);
    assert.deepEqual(
      whole.findings.map(({ sources: _sources, ...finding }) => finding),
      assessment.findings,
    );
  });
});

describe('check ids of other tools', () => {
  const catalogue = catalogueOf(CONTROLS);
  const ids = (...checks: readonly string[]) => catalogue.controlsOf(checks).map(({ id }) => id);

  test('of Security Hub, Config, Prowler, Trivy and Checkov', () => {
    assert.deepEqual(ids('aws-foundational-security-best-practices/v/1.0.0/S3.8'), ['S3.8']);
    assert.deepEqual(ids('securityhub-s3-bucket-versioning-enabled-0a1b2c3d'), ['S3.14']);
    assert.deepEqual(ids('S3_BUCKET_VERSIONING_ENABLED'), ['S3.14']);
    assert.deepEqual(ids('ec2_ebs_default_encryption'), ['EC2.7']);
    assert.deepEqual(ids('AVD-AWS-0107'), ['EC2.53', 'EC2.54']);
    assert.deepEqual(ids('CKV2_AWS_28'), ['ELB.16']);
    assert.deepEqual(ids('constructor'), []);
    assert.deepEqual(ids('unknown', 'CKV_AWS_7'), ['KMS.4']);
  });

  test('every id of the tables leads to controls that exist', () => {
    for (const check of Object.keys(PROWLER_CHECKS)) assert.ok(ids(check).length > 0, check);
  });
});

test('the controls of each rule are those that its file names', () => {
  const folder = join(import.meta.dirname, '../rules');
  const named = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const listed = /controls: \[([^\]]*)\]/.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
      return listed === undefined ? [] : [[file.slice(0, -3), listed.match(/[A-Za-z0-9]+\.[0-9]+/g)]];
    });
  assert.deepEqual(RULE_CONTROLS, Object.fromEntries(named));
  for (const rule of Object.keys(RELATED_CONTROLS))
    assert.ok(rule === 'unpatched' || rule in RULE_CONTROLS, rule);
});
