import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Edit } from '../../model/remedy.ts';
import { terraformOf } from './render-edit.ts';

const hcl = (...edits: readonly Edit[]) => terraformOf(edits).map((lines) => lines?.join('\n'));

describe('edits in the words of Terraform', () => {
  test('a property is the argument that gives it', () => {
    const edit: Edit = {
      kind: 'set-property',
      resource: 'tf:aws_db_instance.database',
      path: ['StorageEncrypted'],
      value: true,
    };
    assert.deepEqual(hcl(edit), ['resource "aws_db_instance" "database" {\n  storage_encrypted = true\n}']);
  });

  test('a part of a bucket is a resource of its own beside it', () => {
    const edit: Edit = {
      kind: 'set-property',
      resource: 'tf:aws_s3_bucket.uploads',
      path: ['VersioningConfiguration', 'Status'],
      value: 'Enabled',
    };
    const [written = ''] = hcl(edit);
    assert.match(written, /^resource "aws_s3_bucket_versioning" "uploads" {/);
    assert.match(written, /bucket = aws_s3_bucket\.uploads\.id/);
    assert.match(written, /status = "Enabled"/);
  });

  test('added resources refer to each other and to what stands in the files', () => {
    const [group = '', association = ''] = hcl(
      {
        kind: 'add-resource',
        logicalId: 'WebAcl',
        type: 'AWS::WAFv2::WebACL',
        properties: { Scope: 'REGIONAL' },
      },
      {
        kind: 'add-resource',
        logicalId: 'WebAclAssociation',
        type: 'AWS::WAFv2::WebACLAssociation',
        properties: { ResourceArn: { Ref: 'aws_lb.front' }, WebACLArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] } },
      },
    );
    assert.match(group, /^resource "aws_wafv2_web_acl" "web_acl" {/);
    assert.match(association, /resource_arn = aws_lb\.front\.arn/);
    assert.match(association, /web_acl_arn = aws_wafv2_web_acl\.web_acl\.arn/);
  });

  test('attributes of a load balancer are arguments of their own', () => {
    const value = [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }];
    const edit: Edit = {
      kind: 'set-property',
      resource: 'tf:aws_lb.front',
      path: ['LoadBalancerAttributes'],
      value,
    };
    assert.deepEqual(hcl(edit), ['resource "aws_lb" "front" {\n  drop_invalid_header_fields = true\n}']);
  });

  test('text that looks like a template stays text', () => {
    const edit: Edit = {
      kind: 'set-property',
      resource: 'tf:aws_db_instance.database',
      path: ['DBInstanceIdentifier'],
      value: '${file("/etc/passwd")}',
    };
    assert.match(hcl(edit)[0] ?? '', /identifier = "\$\${file\(/);
  });

  test('what the table has no words for is left to the words of CloudFormation', () => {
    assert.deepEqual(
      hcl(
        { kind: 'set-property', resource: 'tf:aws_db_instance.database', path: ['NoSuchProperty'], value: 1 },
        { kind: 'set-property', resource: 'cfn:web/Database', path: ['StorageEncrypted'], value: true },
        { kind: 'command', command: 'aws sts get-caller-identity' },
      ),
      [undefined, undefined, undefined],
    );
  });
});
