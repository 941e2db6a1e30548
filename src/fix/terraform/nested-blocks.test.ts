import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '../document/refusal.ts';
import { editedTerraform, setting } from './testing.ts';

const DISTRIBUTION = 'aws_cloudfront_distribution.site';

const distribution = (inner: string) => `resource "aws_cloudfront_distribution" "site" {\n${inner}}\n`;

const origin = (id: string, policy: string) =>
  `  origin {\n    origin_id = "${id}"\n    custom_origin_config {\n      origin_protocol_policy = "${policy}" # ${id}\n    }\n  }\n`;

describe('edits of nested blocks', () => {
  test('change the one of several blocks that is meant', async () => {
    const main = distribution(origin('a', 'https-only') + origin('b', 'http-only'));
    const path = 'DistributionConfig.Origins.1.CustomOriginConfig.OriginProtocolPolicy';
    const { 'main.tf': after } = await editedTerraform(main, setting(DISTRIBUTION, path, 'https-only'));
    assert.equal(after, distribution(origin('a', 'https-only') + origin('b', 'https-only')));
  });

  test('leave what stands beside an argument that lies deeper', async () => {
    const behaviour = (policy: string) =>
      `  default_cache_behavior {\n    target_origin_id       = "a" # the servers\n    viewer_protocol_policy = "${policy}"\n  }\n`;
    const { 'main.tf': after } = await editedTerraform(
      distribution(behaviour('allow-all')),
      setting(
        DISTRIBUTION,
        'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
        'redirect-to-https',
      ),
      setting(DISTRIBUTION, 'DistributionConfig.WebACLId', 'arn:aws:wafv2:us-east-1:1:global/webacl/a/b'),
    );
    assert.equal(
      after,
      distribution(
        `${behaviour('redirect-to-https')}\n  web_acl_id = "arn:aws:wafv2:us-east-1:1:global/webacl/a/b"\n`,
      ),
    );
  });

  test('put a certificate in the place of the one of CloudFront, as a distribution has one', async () => {
    const certificate = (inner: string) => distribution(`  viewer_certificate {\n${inner}  }\n`);
    const { 'main.tf': after } = await editedTerraform(
      certificate('    cloudfront_default_certificate = true # for now\n'),
      setting(DISTRIBUTION, 'DistributionConfig.ViewerCertificate', {
        AcmCertificateArn: 'arn:aws:acm:us-east-1:1:certificate/a',
        SslSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      }),
    );
    assert.equal(
      after,
      certificate(
        '    acm_certificate_arn = "arn:aws:acm:us-east-1:1:certificate/a" # for now\n\n    ssl_support_method       = "sni-only"\n    minimum_protocol_version = "TLSv1.2_2021"\n',
      ),
    );
  });

  test('change a resource with a dynamic block where the change is another one', async () => {
    const dynamic =
      '  dynamic "origin" {\n    for_each = var.origins\n    content {\n      origin_id = origin.value\n    }\n  }\n';
    const { 'main.tf': after } = await editedTerraform(
      distribution(dynamic),
      setting(DISTRIBUTION, 'DistributionConfig.WebACLId', 'arn'),
    );
    assert.equal(after, distribution(`${dynamic}\n  web_acl_id = "arn"\n`));
    await assert.rejects(
      editedTerraform(
        distribution(dynamic),
        setting(DISTRIBUTION, 'DistributionConfig.Origins.0.OriginPath', '/x'),
      ),
      (error) => error instanceof Refusal && /a dynamic block makes origin/.test(error.reason.en),
    );
  });
});

describe('properties that have other words in Terraform', () => {
  test('the options of a launch template are a block of its own', async () => {
    const { 'main.tf': after } = await editedTerraform(
      'resource "aws_launch_template" "web" {\n}\n',
      setting('aws_launch_template.web', 'LaunchTemplateData.MetadataOptions.HttpTokens', 'required'),
    );
    assert.match(after ?? '', /^ {2}metadata_options \{\n {4}http_tokens = "required"\n {2}\}$/m);
  });

  test('the key of a table needs no word for KMS', async () => {
    const { 'main.tf': after } = await editedTerraform(
      'resource "aws_dynamodb_table" "orders" {\n}\n',
      setting('aws_dynamodb_table.orders', 'SSESpecification', {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: 'arn:aws:kms:eu-west-1:1:key/a',
      }),
    );
    assert.match(after ?? '', /server_side_encryption \{\n {4}enabled {5}= true\n {4}kms_key_arn = "arn/);
  });

  test('a role is the one of its profile, and whoever uses a certificate waits for its validation', async () => {
    const made = await editedTerraform(
      'resource "aws_lb_listener" "tls" {\n  protocol = "HTTPS"\n}\n',
      {
        kind: 'add-resource',
        logicalId: 'Profile',
        type: 'AWS::IAM::InstanceProfile',
        properties: { Roles: ['servers'] },
      },
      {
        kind: 'add-resource',
        logicalId: 'Certificate',
        type: 'AWS::CertificateManager::Certificate',
        properties: { DomainName: 'shop.example.com', ValidationMethod: 'DNS' },
      },
      setting('aws_lb_listener.tls', 'Certificates.0.CertificateArn', { Ref: 'Certificate' }),
    );
    const added = made['honmaru-safeguards.tf'] ?? '';
    assert.match(added, /"aws_iam_instance_profile" "profile" \{\n {2}role = "servers"/);
    assert.match(
      added,
      /"aws_acm_certificate_validation" "certificate" \{\n {2}certificate_arn = aws_acm_certificate/,
    );
    assert.match(
      made['main.tf'] ?? '',
      /certificate_arn = aws_acm_certificate_validation\.certificate\.certificate_arn/,
    );
  });
});
