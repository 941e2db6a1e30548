import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { honmaru, inFolder } from './program.ts';

const TEMPLATE = 'examples/webapp/template.yaml';

function finding(id: string, control: string, resource: object, changes: object = {}) {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    ProductName: 'Security Hub',
    GeneratorId: `security-control/${control}`,
    AwsAccountId: '111122223333',
    UpdatedAt: '2026-01-02T00:00:00Z',
    Severity: { Label: 'HIGH' },
    Title: `\u001b[31m<script>alert(1)</script> ${control}`,
    Resources: [resource],
    Compliance: { Status: 'FAILED', SecurityControlId: control },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...changes,
  };
}

const BALANCER = {
  Type: 'AwsElbv2LoadBalancer',
  Id: 'arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/webap-LoadB-1A2B3C4D5E/0123',
  Tags: { 'aws:cloudformation:stack-name': 'webapp', 'aws:cloudformation:logical-id': 'LoadBalancer' },
};

const HUB = {
  Findings: [
    finding('1', 'ELB.16', BALANCER),
    finding(
      '2',
      'CloudTrail.1',
      { Type: 'AwsAccount', Id: 'AWS::::Account:111122223333' },
      { Workflow: { Status: 'SUPPRESSED' } },
    ),
    finding('3', 'S3.8', { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::of-another-stack' }),
    finding('1', 'ELB.16', BALANCER, { UpdatedAt: '2026-01-01T00:00:00Z' }),
  ],
};

const CHECKOV = {
  check_type: 'cloudformation',
  results: {
    failed_checks: [
      {
        check_id: 'CKV2_AWS_28',
        check_name: 'Ensure public facing ALB are protected by WAF',
        file_path: '/template.yaml',
        file_line_range: [118, 126],
        resource: 'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancer',
      },
      {
        check_id: 'CKV_AWS_999999',
        check_name: 'new',
        file_path: '/template.yaml',
        resource: 'AWS::S3::Bucket.X',
      },
    ],
  },
};

describe('assess --findings', () => {
  test('findings become decisions in every form, and the JSON keeps to its schema', () =>
    inFolder((folder) => {
      const write = (name: string, content: unknown) => {
        writeFileSync(join(folder, name), JSON.stringify(content, null, 1));
        return join(folder, name);
      };
      const given = ['--findings', write('hub.json', HUB), '--findings', write('checkov.json', CHECKOV)];
      const data = ['--data', join(folder, 'data')];

      const shown = honmaru(['assess', TEMPLATE, ...given, ...data]);
      assert.equal(shown.code, 0, shown.err);
      assert.match(shown.out, /5 findings → 4 decisions \(Security Hub, Checkov\)/);
      assert.match(
        shown.out.replace(/\s+/g, ' '),
        /1 suppressed, resolved or archived in the other tool: counted all/,
      );
      assert.ok(!shown.out.includes('\u001b'), 'no escape of a stranger reaches the terminal');

      const again = honmaru(['assess', TEMPLATE, ...given, ...data, '--format', 'json']);
      const report = JSON.parse(again.out);
      const validate = new Ajv2020({ strict: false }).compile(
        JSON.parse(readFileSync('docs/schemas/assessment.schema.json', 'utf8')),
      );
      const isValid: boolean = validate(report);
      assert.ok(isValid, JSON.stringify(validate.errors?.slice(0, 3)));
      assert.equal(report.imports.counts.isNew, 0, 'a second import of the same files adds nothing');
      assert.equal(report.imports.files[0].repeated, 1);
      const own = report.findings.find((each: { control: string }) => each.control === 'ELB.16');
      assert.deepEqual(
        own.sources.map(({ tool }: { tool: string }) => tool),
        ['Security Hub', 'Checkov'],
      );

      const html = honmaru([
        'assess',
        TEMPLATE,
        ...given,
        '--no-store',
        '--format',
        'html',
        '--lang',
        'ja',
      ]).out;
      assert.ok(html.includes('検出結果5件 → 判断4件') && !html.includes('<script'));
      const markdown = honmaru(['assess', TEMPLATE, ...given, '--no-store', '--format', 'markdown']).out;
      assert.match(markdown, /5 findings → 4 decisions/);
      assert.ok(!markdown.includes('<script'));
    }));

  test('a finding that is gone is closed with its reason', () =>
    inFolder((folder) => {
      const file = join(folder, 'hub.json');
      const words = ['assess', TEMPLATE, '--findings', file, '--data', join(folder, 'data')];
      writeFileSync(file, JSON.stringify(HUB));
      honmaru(words);
      writeFileSync(file, JSON.stringify({ Findings: HUB.Findings.slice(1, 3) }));
      const { out } = honmaru(words);
      assert.match(out, /closed: .*ELB\.16/);
      assert.match(out.replace(/\s+/g, ' '), /no longer reports it; our own control ELB\.16 still fails/);
    }));

  test('a cut, a newer, a foreign and a missing file are each a sentence, and exit with 2', () =>
    inFolder((folder) => {
      const refused = (content: string | undefined, words: RegExp) => {
        const file = join(folder, 'x.json');
        if (content !== undefined) writeFileSync(file, content);
        const { code, err } = honmaru([
          'assess',
          TEMPLATE,
          '--no-store',
          '--findings',
          content === undefined ? 'absent.json' : file,
        ]);
        assert.equal(code, 2);
        assert.match(err, words);
      };
      refused(JSON.stringify(HUB).slice(0, 900), /may be cut: nothing of it was used/);
      refused(
        JSON.stringify([{ ...HUB.Findings[0], SchemaVersion: '2031-01-01' }]),
        /this program reads ASFF 2018-10-08/,
      );
      refused('{"a": 1}', /no findings in a form that is known/);
      refused(undefined, /absent\.json/);
    }));
});
