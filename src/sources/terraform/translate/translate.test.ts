import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placeOf } from '../../../kernel/source-file.ts';
import { get } from '../../../model/value.ts';
import { at, property, readConfigurationText } from '../testing.ts';

describe("Terraform resources in CloudFormation's words", () => {
  test('the pieces of a bucket are joined in it and keep their places', async () => {
    const reading = await readConfigurationText(`resource "aws_s3_bucket" "b" {
  bucket = "data"
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket            = aws_s3_bucket.b.id
  block_public_acls = true
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = "data"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
`);
    const bucket = at(reading, 'aws_s3_bucket.b');
    assert.equal(reading.resources.length, 1);
    assert.deepEqual(property(bucket, 'PublicAccessBlockConfiguration'), {
      BlockPublicAcls: true,
      BlockPublicPolicy: false,
      IgnorePublicAcls: false,
      RestrictPublicBuckets: false,
    });
    assert.equal(
      placeOf(get(bucket.properties, 'PublicAccessBlockConfiguration', 'BlockPublicAcls').span).line,
      6,
    );
    assert.deepEqual(property(bucket, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0), {
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
    });
  });

  test('a piece of a bucket that nobody declares makes an external one', async () => {
    const reading = await readConfigurationText(
      'resource "aws_s3_bucket_versioning" "v" {\n  bucket = aws_s3_bucket.elsewhere.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
    );
    const bucket = at(reading, 'aws_s3_bucket.elsewhere');
    assert.equal(bucket.external, true);
    assert.equal(property(bucket, 'VersioningConfiguration', 'Status'), 'Enabled');
  });

  test('a rule resource becomes one rule per peer, and a lone one keeps its address', async () => {
    const reading = await readConfigurationText(`
resource "aws_security_group" "g" {}
resource "aws_security_group_rule" "one" {
  type              = "ingress"
  security_group_id = aws_security_group.g.id
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  self              = true
}
resource "aws_security_group_rule" "two" {
  type              = "egress"
  security_group_id = aws_security_group.g.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/8"]
  ipv6_cidr_blocks  = ["::/0"]
}
`);
    const one = at(reading, 'aws_security_group_rule.one');
    assert.equal(one.type, 'AWS::EC2::SecurityGroupIngress');
    assert.equal(property(one, 'SourceSecurityGroupId'), '<tf:aws_security_group.g.Ref>');
    assert.equal(property(one, 'IpProtocol'), '-1');
    assert.equal(at(reading, 'aws_security_group_rule.two#rule[1]').type, 'AWS::EC2::SecurityGroupEgress');
  });

  test('routes, gateway attachments and targets that are written inside others become what CloudFormation has', async () => {
    const reading = await readConfigurationText(`
resource "aws_vpc" "v" {}
resource "aws_internet_gateway" "i" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "r" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.i.id
  }
}
resource "aws_lb_target_group" "t" {}
resource "aws_instance" "web" {}
resource "aws_lb_target_group_attachment" "a" {
  target_group_arn = aws_lb_target_group.t.arn
  target_id        = aws_instance.web.id
  port             = 80
}
`);
    assert.deepEqual(property(at(reading, 'aws_route_table.r#route[0]')), {
      RouteTableId: '<tf:aws_route_table.r.Ref>',
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: '<tf:aws_internet_gateway.i.Ref>',
    });
    assert.equal(at(reading, 'aws_internet_gateway.i#attachment').type, 'AWS::EC2::VPCGatewayAttachment');
    assert.deepEqual(property(at(reading, 'aws_lb_target_group.t'), 'Targets'), [
      { Id: '<tf:aws_instance.web.Ref>', Port: 80 },
    ]);
  });

  test('subnets without an association use the main route table that Terraform chose', async () => {
    const reading = await readConfigurationText(`
resource "aws_vpc" "v" {}
resource "aws_subnet" "own" {
  vpc_id = aws_vpc.v.id
}
resource "aws_subnet" "rest" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table_association" "own" {
  subnet_id      = aws_subnet.own.id
  route_table_id = aws_route_table.t.id
}
resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.v.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-1"
  }
}
`);
    const added = reading.resources.filter(({ type }) => type === 'AWS::EC2::SubnetRouteTableAssociation');
    assert.deepEqual(
      added.map((each) => property(each)),
      [
        { SubnetId: '<tf:aws_subnet.own.Ref>', RouteTableId: '<tf:aws_route_table.t.Ref>' },
        { SubnetId: '<tf:aws_subnet.rest.Ref>', RouteTableId: '<tf:aws_default_route_table.main.Ref>' },
      ],
    );
  });

  test('a route into the main table of a VPC is not lost', async () => {
    const reading = await readConfigurationText(`
resource "aws_vpc" "v" {}
resource "aws_subnet" "s" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route" "r" {
  route_table_id         = aws_vpc.v.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = "igw-1"
}
`);
    assert.equal(property(at(reading, 'aws_route.r'), 'RouteTableId'), '<tf:aws_vpc.v#main-route-table.Ref>');
    assert.ok(reading.resources.some(({ id }) => id === 'tf:aws_vpc.v#main-route-table#aws_subnet.s'));
  });

  test('attached and inline policies belong to their role', async () => {
    const reading = await readConfigurationText(`
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [] })
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
resource "aws_iam_role_policy" "p" {
  name   = "p"
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.d.json
}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["\${aws_s3_bucket.b.arn}/*"]
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}
resource "aws_s3_bucket" "b" {}
`);
    const role = at(reading, 'aws_iam_role.r');
    assert.deepEqual(property(role, 'ManagedPolicyArns'), ['arn:aws:iam::aws:policy/ReadOnlyAccess']);
    assert.deepEqual(property(role, 'Policies', 0, 'PolicyDocument', 'Statement'), [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '<tf:aws_s3_bucket.b.Arn>/*',
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
    ]);
  });

  test('a policy in a heredoc is read with its gaps', async () => {
    const reading = await readConfigurationText(`
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = <<EOF
{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "\${aws_s3_bucket.b.arn}/*"}]}
EOF
}
`);
    const statement = property(at(reading, 'aws_s3_bucket_policy.p'), 'PolicyDocument', 'Statement', 0);
    assert.deepEqual(statement, {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: '<tf:aws_s3_bucket.b.Arn>/*',
    });
  });

  test('the provider has other defaults than CloudFormation for databases', async () => {
    const reading = await readConfigurationText(
      'resource "aws_db_instance" "d" {\n  password = "hunter22"\n}\n',
    );
    const database = at(reading, 'aws_db_instance.d');
    assert.equal(property(database, 'BackupRetentionPeriod'), 0);
    assert.equal(property(database, 'PubliclyAccessible'), false);
    const stored = database.attributes.get('StoredInState');
    assert.ok(stored?.kind === 'list' && stored.items.length === 1);
  });

  test('types without a counterpart stay and are listed once per type', async () => {
    const reading = await readConfigurationText(
      'resource "aws_ebs_snapshot" "a" {}\nresource "aws_ebs_snapshot" "b" {}\nresource "random_id" "r" {}\n',
    );
    assert.equal(at(reading, 'aws_ebs_snapshot.a').type, 'Terraform::aws_ebs_snapshot');
    assert.deepEqual(
      reading.notes.map(({ kind, what }) => [kind, what]),
      [['unsupported', 'aws_ebs_snapshot']],
    );
  });

  test('keys in a provider block are a fact without their value', async () => {
    const reading = await readConfigurationText(
      'provider "aws" {\n  access_key = "AKIAEXAMPLE"\n  secret_key = "s3cr3t"\n}\n',
    );
    const provider = at(reading, 'provider.aws');
    assert.equal(provider.type, 'Terraform::Provider');
    assert.deepEqual(property(provider), {
      access_key: '(sensitive value)',
      secret_key: '(sensitive value)',
    });
  });
});
