import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Edit } from '../../model/remedy.ts';
import { Refusal } from '../document/refusal.ts';
import { editedTerraform as edited, setting as set } from './testing.ts';

const refuses = (main: string, edit: Edit, reason: RegExp) =>
  assert.rejects(edited(main, edit), (error) => error instanceof Refusal && reason.test(error.reason.en));

const database = (inner: string) => `resource "aws_db_instance" "main" {\n${inner}}\n`;

describe('edits of Terraform files', () => {
  test('change a literal where it stands and add what is missing', async () => {
    const main = database(
      '  engine              = "mysql" # the engine\n  deletion_protection = false # later\n',
    );
    const { 'main.tf': after } = await edited(
      main,
      set('aws_db_instance.main', 'DeletionProtection', true),
      set('aws_db_instance.main', 'BackupRetentionPeriod', 7),
    );
    assert.equal(
      after,
      database(
        '  engine              = "mysql" # the engine\n  deletion_protection = true # later\n\n  backup_retention_period = 7\n',
      ),
    );
  });

  test('refuse what an expression or a dynamic block decides', async () => {
    await refuses(
      database('  deletion_protection = var.protect\n'),
      set('aws_db_instance.main', 'DeletionProtection', true),
      /deletion_protection is decided by an expression/,
    );
    await refuses(
      'resource "aws_security_group" "a" {\n  dynamic "ingress" {\n    for_each = []\n    content {}\n  }\n}\n',
      set('aws_security_group.a', 'SecurityGroupIngress', [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1 }]),
      /a dynamic block makes ingress/,
    );
  });

  test('put an entry more into written tags, also into those of merge', async () => {
    const tag = { Key: 'PatchedBy', Value: 'weekly' };
    const plain = 'resource "aws_instance" "a" {\n  tags = { Name = "a" }\n}\n';
    assert.match(
      (await edited(plain, set('aws_instance.a', 'Tags.1', tag)))['main.tf'] ?? '',
      /"a" {0,1}, PatchedBy = "weekly" \}/,
    );
    const merged = 'resource "aws_instance" "a" {\n  tags = merge(var.tags, {\n    Name = "a"\n  })\n}\n';
    assert.equal(
      (await edited(merged, set('aws_instance.a', 'Tags.1', tag)))['main.tf'],
      'resource "aws_instance" "a" {\n  tags = merge(var.tags, {\n    Name = "a"\n    PatchedBy = "weekly"\n  })\n}\n',
    );
  });

  test('replace the blocks of a list and keep what stands around them', async () => {
    const main = [
      'resource "aws_security_group" "db" {',
      '  # who may come in',
      '  ingress {',
      '    protocol    = "tcp"',
      '    from_port   = 3306',
      '    to_port     = 3306',
      '    cidr_blocks = ["10.0.0.0/16"]',
      '  }',
      '',
      '  egress {} # nothing',
      '}',
      '',
    ].join('\n');
    const rule = {
      IpProtocol: 'tcp',
      FromPort: 3306,
      ToPort: 3306,
      SourceSecurityGroupId: { Ref: 'aws_security_group.db' },
    };
    const { 'main.tf': after } = await edited(
      main,
      set('aws_security_group.db', 'SecurityGroupIngress', [rule]),
    );
    assert.match(after ?? '', /# who may come in\n {2}ingress \{\n {4}protocol {8}= "tcp"\n/);
    assert.match(
      after ?? '',
      /security_groups = \[aws_security_group\.db\.id\]\n {2}\}\n\n {2}egress \{\} # nothing/,
    );
    assert.doesNotMatch(after ?? '', /10\.0\.0\.0/);
  });

  test('take out the one block that gives a rule, and no block that gives more', async () => {
    const block = (cidrs: string) =>
      `resource "aws_security_group" "a" {\n  name = "a"\n\n  ingress {\n    protocol    = "tcp"\n    from_port   = 22\n    to_port     = 22\n    cidr_blocks = [${cidrs}]\n  }\n}\n`;
    const remove: Edit = {
      kind: 'remove-property',
      resource: 'tf:aws_security_group.a',
      path: ['SecurityGroupIngress', '0'],
    };
    const { 'main.tf': after } = await edited(block('"0.0.0.0/0"'), remove);
    assert.equal(after, 'resource "aws_security_group" "a" {\n  name = "a"\n\n}\n');
    await refuses(block('"0.0.0.0/0", "10.0.0.0/8"'), remove, /more than this one rule/);
  });

  test('never let a list of policies and an attachment contradict each other', async () => {
    const edit = set('aws_iam_role.a', 'ManagedPolicyArns.0', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
    const role = (inner: string) => `resource "aws_iam_role" "a" {\n  assume_role_policy = "{}"\n${inner}}\n`;
    const made = await edited(role(''), edit);
    assert.match(
      made['honmaru-safeguards.tf'] ?? '',
      /resource "aws_iam_role_policy_attachment" "a_read_only_access"/,
    );
    await refuses(role('  managed_policy_arns = ["x"]\n'), edit, /takes away what is attached elsewhere/);
  });
});
