import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assess } from '../../risk/assess.ts';
import { changeOf, plannedFor, textOf } from './testing.ts';

describe('places of the web', () => {
  test('are set through the serverless resource of which SAM makes them, where SAM hands the property on', async () => {
    const template = (inner: string, globals = '') =>
      `Transform: AWS::Serverless-2016-10-31\n${globals}Resources:\n  Front:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: Prod # the only one\n${inner}`;
    const after = textOf(await plannedFor({ 'web.yaml': template('') }, { only: ['budget', 'waf'] })) ?? '';
    assert.match(
      after,
      /StageName: Prod # the only one\n {6}MethodSettings:\n {8}- HttpMethod: "\*"\n[\s\S]*FrontProdStageWebAcl:/,
    );
    assert.match(after, /restapis\/\$\{Front\}\/stages\/\$\{FrontProdStage\}"/);
    const again = await plannedFor({ 'web.yaml': after }, { only: ['budget', 'waf'] });
    assert.equal(again.edited.size, 0);

    const globals = 'Globals:\n  Api:\n    MethodSettings: [{ HttpMethod: GET, ResourcePath: /a }]\n';
    const { changes, edited } = await plannedFor({ 'web.yaml': template('', globals) }, { only: ['budget'] });
    assert.equal(edited.size, 0);
    assert.equal(changeOf({ changes }, 'budget@cfn:web/FrontProdStage')?.outcome, 'refused');
  });

  test('gives an added web ACL its log at once, in CloudFormation and in Terraform', async () => {
    const templates = {
      'web.yaml':
        'Resources:\n  Front:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties: { Type: application }\n',
      'main.tf': 'resource "aws_lb" "front" {\n  load_balancer_type = "application"\n}\n',
    };
    for (const [name, template] of Object.entries(templates)) {
      const { after, edited } = await plannedFor({ [name]: template }, { only: ['waf'] });
      const failing = (await assess(after)).findings.filter(({ status }) => status === 'FAIL');
      const ofAcl = failing.filter(
        ({ control }) => control.startsWith('WAF.') || control === 'CloudWatch.16',
      );
      assert.deepEqual(ofAcl, [], name);
      const written = [...edited.values()].map(({ text }) => text).join('\n');
      assert.match(written, /aws-waf-logs-(?:\$\{AWS::StackName\}-)?[a-z-]+/);
      assert.match(written, /authorization/);
      // CloudFormation's attribute ends in `:*`, which AWS WAF does not take.
      assert.doesNotMatch(written, /LogDestinationConfigs:\s*- !GetAtt/);
    }
  });

  test('keeps the certificate and what is HTTPS already at a distribution', async () => {
    const template = [
      'Resources:',
      '  Site:',
      '    Type: AWS::CloudFront::Distribution',
      '    Properties:',
      '      DistributionConfig:',
      '        Enabled: true',
      '        Origins:',
      '          - { Id: a, DomainName: a.example.com, CustomOriginConfig: { OriginProtocolPolicy: match-viewer } }',
      '        DefaultCacheBehavior: { TargetOriginId: a, ViewerProtocolPolicy: https-only }',
      '        CacheBehaviors:',
      '          - { PathPattern: /x, TargetOriginId: a, ViewerProtocolPolicy: allow-all }',
      '        ViewerCertificate:',
      '          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a',
      '          SslSupportMethod: sni-only',
      '          MinimumProtocolVersion: TLSv1_2016',
      '',
    ].join('\n');
    const after = textOf(await plannedFor({ 'web.yaml': template }, { only: ['tls'] }));
    const wanted = template.replace('allow-all', '"redirect-to-https"').replace('TLSv1_2016', 'TLSv1.2_2021');
    assert.equal(after, wanted);
  });

  test('get all that an added resource refers to as well', async () => {
    const template =
      'Resources:\n  Site:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig: { Enabled: true }\n';
    const after = textOf(await plannedFor({ 'web.yaml': template }, { only: ['logging'] })) ?? '';
    assert.match(after, /DestinationBucketName: !Ref LogBucket\n/);
    assert.deepEqual(after.match(/^ {2}\w+(?=:$)/gm), [
      '  Site',
      '  DistributionLogBucket',
      '  DistributionLogBucketPolicy',
      '  LogBucket',
      '  LogBucketPolicy',
    ]);
  });
});
