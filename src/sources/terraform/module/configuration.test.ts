import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, property, readConfigurationText } from '../testing.ts';

describe('variables and locals', () => {
  test('a default is used, a tfvars file goes before it and the command line before both', async () => {
    const main =
      'variable "v" {\n  type = string\n  default = "a"\n}\nresource "x_test" "t" {\n  value = var.v\n}\n';
    const read = async (more: Record<string, string>, parameters = {}) =>
      property(
        at(await readConfigurationText({ 'main.tf': main, ...more }, parameters), 'x_test.t'),
        'value',
      );
    assert.equal(await read({}), 'a');
    assert.equal(await read({ 'terraform.tfvars': 'v = "b"\n' }), 'b');
    assert.equal(await read({ 'terraform.tfvars': 'v = "b"\n', 'z.auto.tfvars.json': '{"v": "c"}' }), 'c');
    assert.equal(await read({ 'terraform.tfvars': 'v = "b"\n' }, { v: 'd' }), 'd');
  });

  test('a variable without a value is a gap that names it', async () => {
    const reading = await readConfigurationText(
      `variable "v" {}\nresource "x_test" "t" {\n  value = "a-\${var.v}"\n}\n`,
    );
    assert.equal(property(at(reading, 'x_test.t'), 'value'), 'a-<var.v>');
  });

  test('the value of a sensitive variable never enters the graph', async () => {
    const reading = await readConfigurationText({
      'main.tf':
        'variable "p" {\n  sensitive = true\n}\nresource "aws_db_instance" "d" {\n  password = var.p\n}\nresource "x_test" "t" {\n  value = var.p\n}\n',
      'terraform.tfvars': 'p = "hunter22"\n',
    });
    assert.equal(property(at(reading, 'aws_db_instance.d'), 'MasterUserPassword'), '(sensitive value)');
    assert.equal(property(at(reading, 'x_test.t'), 'value'), '(sensitive value)');
  });

  test('optional attributes of an object type have their defaults', async () => {
    const reading = await readConfigurationText(`
variable "v" {
  type = list(object({ name = string, port = optional(number, 80) }))
  default = [{ name = "a" }]
}
resource "x_test" "t" {
  value = var.v
}
`);
    assert.deepEqual(property(at(reading, 'x_test.t'), 'value'), [{ name: 'a', port: 80 }]);
  });

  test('locals that refer to themselves are reported with their line; the rest is read', async () => {
    const reading = await readConfigurationText(
      'locals {\n  a = local.b\n  b = local.a\n}\nresource "x_test" "t" {\n  value = local.a\n  other = 1\n}\n',
    );
    assert.equal(reading.notes.filter(({ kind }) => kind === 'input').length, 1);
    assert.match(reading.notes[0]?.reason.en ?? '', /refers to itself/);
    assert.equal(property(at(reading, 'x_test.t'), 'other'), 1);
  });
});

describe('what cannot be decided', () => {
  test('a choice on an unknown condition keeps both sides', async () => {
    const reading = await readConfigurationText(
      'variable "v" {}\nresource "x_test" "t" {\n  value = var.v ? "a" : "b"\n}\n',
    );
    assert.deepEqual(property(at(reading, 'x_test.t'), 'value'), { oneOf: ['a', 'b'] });
  });

  test('count on an unknown condition makes the existence undecided, and its reference still resolves', async () => {
    const reading = await readConfigurationText(`
variable "on" {}
resource "aws_s3_bucket" "b" {
  count = var.on ? 1 : 0
}
resource "aws_s3_bucket_versioning" "v" {
  count  = var.on ? 1 : 0
  bucket = aws_s3_bucket.b[0].id
  versioning_configuration {
    status = "Enabled"
  }
}
`);
    const bucket = at(reading, 'aws_s3_bucket.b[0]');
    assert.equal(bucket.exists.is, 'unknown');
    assert.deepEqual(property(bucket, 'VersioningConfiguration'), {
      oneOf: [{ Status: 'Enabled' }, undefined],
    });
  });

  test('an unknown for_each gives one resource that stands for all', async () => {
    const reading = await readConfigurationText(
      'variable "names" {}\nresource "aws_s3_bucket" "b" {\n  for_each = toset(var.names)\n  bucket = each.key\n}\nresource "aws_s3_bucket_policy" "p" {\n  bucket = aws_s3_bucket.b["x"].id\n}\n',
    );
    assert.equal(at(reading, 'aws_s3_bucket.b').exists.is, 'unknown');
    assert.equal(property(at(reading, 'aws_s3_bucket_policy.p'), 'Bucket'), '<tf:aws_s3_bucket.b.Ref>');
  });

  test('a dynamic block over an unknown list may be absent', async () => {
    const reading = await readConfigurationText(`
variable "ports" {}
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = var.ports
    content {
      protocol    = "tcp"
      from_port   = 22
      to_port     = 22
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
`);
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    assert.deepEqual(property(at(reading, 'aws_security_group.g'), 'SecurityGroupIngress'), [
      { oneOf: [rule, undefined] },
    ]);
  });
});

describe('repetition', () => {
  test('count, for_each and dynamic blocks that can be decided are expanded', async () => {
    const reading = await readConfigurationText(`
locals {
  ports = { http = 80, https = 443 }
}
resource "aws_subnet" "s" {
  count      = 2
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}
resource "aws_s3_bucket" "b" {
  for_each = toset(["logs", "data"])
  bucket   = "x-\${each.key}"
}
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = local.ports
    iterator = port
    content {
      protocol    = "tcp"
      from_port   = port.value
      to_port     = port.value
      cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
    }
  }
}
resource "aws_lb" "l" {
  subnets = aws_subnet.s[*].id
}
`);
    assert.equal(property(at(reading, 'aws_subnet.s[1]'), 'CidrBlock'), '10.0.1.0/24');
    assert.equal(property(at(reading, 'aws_s3_bucket.b["logs"]'), 'BucketName'), 'x-logs');
    const rules = property(at(reading, 'aws_security_group.g'), 'SecurityGroupIngress') as unknown[];
    assert.equal(rules.length, 4);
    assert.deepEqual(property(at(reading, 'aws_lb.l'), 'Subnets'), [
      '<tf:aws_subnet.s[0].Ref>',
      '<tf:aws_subnet.s[1].Ref>',
    ]);
  });
});

describe('facts of the account', () => {
  test('zones stay apart by their index, however they are taken from the list', async () => {
    const reading = await readConfigurationText(`
data "aws_availability_zones" "z" {}
locals {
  zones = slice(data.aws_availability_zones.z.names, 0, 2)
}
resource "aws_subnet" "a" {
  count             = 2
  availability_zone = data.aws_availability_zones.z.names[count.index]
}
resource "aws_subnet" "b" {
  for_each          = { x = 0, y = 1 }
  availability_zone = element(local.zones, each.value)
}
`);
    const zone = (address: string) => property(at(reading, address), 'AvailabilityZone');
    assert.equal(zone('aws_subnet.a[1]'), '<data.aws_availability_zones.z.names[1]>');
    assert.notEqual(zone('aws_subnet.a[0]'), zone('aws_subnet.a[1]'));
    assert.equal(zone('aws_subnet.b["y"]'), zone('aws_subnet.a[1]'));
  });

  test('account, partition and region are gaps of their type; a configured region is known', async () => {
    const reading = await readConfigurationText(`
provider "aws" {
  region = "ap-northeast-1"
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
resource "x_test" "t" {
  value = "arn:aws:sqs:\${data.aws_region.here.name}:\${data.aws_caller_identity.me.account_id}:q"
}
`);
    assert.equal(
      property(at(reading, 'x_test.t'), 'value'),
      'arn:aws:sqs:ap-northeast-1:<data.aws_caller_identity.me.account_id>:q',
    );
  });
});

describe('modules', () => {
  const network = `
variable "cidr" {}
resource "aws_vpc" "this" {
  cidr_block = var.cidr
}
output "vpc_id" {
  value = aws_vpc.this.id
}
`;

  test('a module in a local folder is read, and its outputs lead to its resources', async () => {
    const reading = await readConfigurationText({
      'main.tf':
        'module "net" {\n  source = "./modules/net"\n  cidr = "10.0.0.0/16"\n}\nresource "aws_subnet" "s" {\n  vpc_id = module.net.vpc_id\n}\n',
      'modules/net/main.tf': network,
    });
    assert.equal(property(at(reading, 'module.net.aws_vpc.this'), 'CidrBlock'), '10.0.0.0/16');
    assert.equal(at(reading, 'module.net.aws_vpc.this').stack, 'module.net');
    assert.equal(property(at(reading, 'aws_subnet.s'), 'VpcId'), '<tf:module.net.aws_vpc.this.Ref>');
  });

  test('a module that is not here is noted with its place; references to it stay references', async () => {
    const reading = await readConfigurationText(
      'module "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.0.0"\n}\nresource "aws_subnet" "s" {\n  vpc_id = module.vpc.vpc_id\n}\n',
    );
    assert.equal(reading.notes[0]?.kind, 'outside');
    assert.equal(reading.notes[0]?.source?.line, 1);
    assert.equal(property(at(reading, 'aws_subnet.s'), 'VpcId'), '<tf:module.vpc.vpc_id>');
  });

  test('a module that terraform init has fetched is read from where it lies', async () => {
    const reading = await readConfigurationText({
      'main.tf': 'module "net" {\n  source = "acme/net/aws"\n  cidr = "10.1.0.0/16"\n}\n',
      '.terraform/modules/modules.json':
        '{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"net","Source":"acme/net/aws","Dir":".terraform/modules/net"}]}',
      '.terraform/modules/net/main.tf': network,
    });
    assert.equal(property(at(reading, 'module.net.aws_vpc.this'), 'CidrBlock'), '10.1.0.0/16');
  });

  test('a module that calls itself is reported and read once', async () => {
    const reading = await readConfigurationText({
      'main.tf': 'module "a" {\n  source = "./a"\n}\n',
      'a/main.tf': 'module "again" {\n  source = "../a"\n}\nresource "aws_s3_bucket" "b" {}\n',
    });
    assert.match(reading.notes[0]?.reason.en ?? '', /calls itself/);
    assert.equal(reading.resources.length, 1);
  });

  test('a renamed resource says where it came from', async () => {
    const reading = await readConfigurationText(
      'moved {\n  from = aws_s3_bucket.old\n  to = aws_s3_bucket.new\n}\nresource "aws_s3_bucket" "new" {}\n',
    );
    const moved = at(reading, 'aws_s3_bucket.new').attributes.get('MovedFrom');
    assert.ok(moved?.kind === 'list' && moved.items[0]?.kind === 'known');
    assert.equal(moved.items[0].value, 'tf:aws_s3_bucket.old');
  });
});

describe('files', () => {
  test('override files change the blocks of the others', async () => {
    const reading = await readConfigurationText({
      'main.tf': 'resource "aws_s3_bucket" "b" {\n  bucket = "a"\n  force_destroy = true\n}\n',
      'dev_override.tf': 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n',
    });
    assert.deepEqual(reading.notes, []);
    assert.equal(property(at(reading, 'aws_s3_bucket.b'), 'BucketName'), 'b');
  });

  test('files of the configuration are read, others are not', async () => {
    const reading = await readConfigurationText({
      'main.tf': `resource "x_test" "t" {\n  inside = file("\${path.module}/a.txt")\n  outside = file("/etc/hostname")\n  template = templatefile("t.tpl", { names = ["a", "b"] })\n}\n`,
      'a.txt': 'hello',
      't.tpl': `%{ for n in names ~}\n<\${n}>\n%{ endfor ~}`,
    });
    const resource = at(reading, 'x_test.t');
    assert.equal(property(resource, 'inside'), 'hello');
    assert.deepEqual(property(resource, 'outside'), { unknown: 'file("/etc/hostname")' });
    assert.equal(property(resource, 'template'), '<a>\n<b>\n');
  });

  test('the JSON syntax says the same as HCL', async () => {
    const reading = await readConfigurationText({
      'main.tf.json': JSON.stringify({
        variable: { n: { default: 'x' } },
        resource: { aws_s3_bucket: { b: { bucket: `name-\${var.n}`, versioning: { enabled: true } } } },
      }),
    });
    const bucket = at(reading, 'aws_s3_bucket.b');
    assert.equal(property(bucket, 'BucketName'), 'name-x');
    assert.equal(property(bucket, 'VersioningConfiguration', 'Status'), 'Enabled');
  });
});
