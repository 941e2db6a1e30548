import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, property, readDocumentObject } from '../testing.ts';

function managed(address: string, values: object, more: object = {}) {
  const [type, name] = address.replace(/^(?:module\.[\w[\]"]+\.)*/, '').split('.');
  return { address, mode: 'managed', type, name: name?.replace(/\[.*/, ''), values, ...more };
}

function change(address: string, afterUnknown: object, more: object = {}) {
  return {
    address,
    mode: 'managed',
    change: { actions: ['create'], before: null, after_unknown: afterUnknown },
    ...more,
  };
}

describe('reading a plan', () => {
  test('what is known after apply refers to what its expression refers to', () => {
    const reading = readDocumentObject({
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            managed('aws_vpc.main', { cidr_block: '10.0.0.0/16' }),
            managed('aws_subnet.s[0]', { cidr_block: '10.0.0.0/24' }),
            managed('aws_subnet.s[1]', { cidr_block: '10.0.1.0/24' }),
            managed('aws_lb.l', { internal: false }),
          ],
        },
      },
      resource_changes: [
        change('aws_subnet.s[0]', { vpc_id: true, id: true }),
        change('aws_subnet.s[1]', { vpc_id: true, id: true }),
        change('aws_lb.l', { subnets: true }),
      ],
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_subnet.s',
              expressions: { vpc_id: { references: ['aws_vpc.main.id', 'aws_vpc.main'] } },
            },
            { address: 'aws_lb.l', expressions: { subnets: { references: ['aws_subnet.s'] } } },
          ],
        },
      },
    });
    assert.equal(property(at(reading, 'aws_subnet.s[1]'), 'VpcId'), '<tf:aws_vpc.main.Ref>');
    assert.deepEqual(property(at(reading, 'aws_lb.l'), 'Subnets'), [
      '<tf:aws_subnet.s[0].Ref>',
      '<tf:aws_subnet.s[1].Ref>',
    ]);
    assert.equal(at(reading, 'aws_lb.l').basis, 'plan');
  });

  test('references go through the variables and outputs of modules', () => {
    const reading = readDocumentObject({
      format_version: '1.2',
      planned_values: {
        root_module: {
          child_modules: [
            { address: 'module.net', resources: [managed('module.net.aws_vpc.this', {})] },
            { address: 'module.app', resources: [managed('module.app.aws_subnet.s', {})] },
          ],
        },
      },
      resource_changes: [change('module.app.aws_subnet.s', { vpc_id: true })],
      configuration: {
        root_module: {
          module_calls: {
            net: {
              module: {
                outputs: { vpc_id: { expression: { references: ['aws_vpc.this.id', 'aws_vpc.this'] } } },
                resources: [{ address: 'aws_vpc.this', expressions: {} }],
              },
            },
            app: {
              expressions: { vpc_id: { references: ['module.net.vpc_id', 'module.net'] } },
              module: {
                resources: [
                  { address: 'aws_subnet.s', expressions: { vpc_id: { references: ['var.vpc_id'] } } },
                ],
              },
            },
          },
        },
      },
    });
    assert.equal(
      property(at(reading, 'module.app.aws_subnet.s'), 'VpcId'),
      '<tf:module.net.aws_vpc.this.Ref>',
    );
  });

  test('a policy document that is not known yet is built from its configuration', () => {
    const reading = readDocumentObject({
      format_version: '1.2',
      planned_values: {
        root_module: { resources: [managed('aws_s3_bucket.b', {}), managed('aws_iam_policy.p', {})] },
      },
      resource_changes: [change('aws_iam_policy.p', { policy: true })],
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_iam_policy.p',
              expressions: {
                policy: {
                  references: ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'],
                },
              },
            },
            {
              address: 'data.aws_iam_policy_document.d',
              expressions: {
                statement: [
                  {
                    actions: { constant_value: ['s3:*'] },
                    resources: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] },
                  },
                ],
              },
            },
          ],
        },
      },
    });
    const statement = property(at(reading, 'aws_iam_policy.p'), 'PolicyDocument', 'Statement', 0);
    assert.deepEqual(statement, { Effect: 'Allow', Action: 's3:*', Resource: '<tf:aws_s3_bucket.b.Arn>' });
  });

  test('sensitive values are never carried over', () => {
    const reading = readDocumentObject({
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            managed(
              'aws_db_instance.d',
              { password: 'hunter22', username: 'admin' },
              { sensitive_values: { password: true } },
            ),
            managed('aws_ssm_parameter.p', { name: 'x', value: 'topsecret' }, { sensitive_values: {} }),
            managed(
              'aws_lambda_function.f',
              { environment: [{ variables: { TOKEN: 'abc' } }] },
              {
                sensitive_values: { environment: [{ variables: { TOKEN: true } }] },
              },
            ),
          ],
        },
      },
    });
    assert.doesNotMatch(
      JSON.stringify(reading.resources.map((each) => property(each))),
      /hunter22|topsecret|abc/,
    );
    assert.equal(property(at(reading, 'aws_db_instance.d'), 'MasterUserPassword'), '(sensitive value)');
    assert.ok(at(reading, 'aws_db_instance.d').attributes.has('StoredInState'));
  });

  test('a newer format is refused with a sentence', () => {
    const reading = readDocumentObject({ format_version: '2.0', planned_values: {} });
    assert.equal(reading.notes[0]?.kind, 'input');
    assert.match(reading.notes[0]?.reason.en ?? '', /format version 2\.0 is newer/);
  });

  test('a resource that had another address says so', () => {
    const reading = readDocumentObject({
      format_version: '1.2',
      planned_values: { root_module: { resources: [managed('aws_s3_bucket.new', {})] } },
      resource_changes: [change('aws_s3_bucket.new', {}, { previous_address: 'aws_s3_bucket.old' })],
    });
    assert.ok(at(reading, 'aws_s3_bucket.new').attributes.has('MovedFrom'));
  });
});

describe('reading a state', () => {
  test('ids, ARNs and names become references again, also inside policies', () => {
    const arn = 'arn:aws:s3:::data';
    const reading = readDocumentObject({
      format_version: '1.0',
      terraform_version: '1.11.4',
      values: {
        root_module: {
          resources: [
            managed('aws_vpc.main', { id: 'vpc-0123456789abcdef0' }),
            managed('aws_subnet.s', { id: 'subnet-0123456789abcdef0', vpc_id: 'vpc-0123456789abcdef0' }),
            managed('aws_s3_bucket.b', { id: 'data', bucket: 'data', arn }),
            managed('aws_s3_bucket_policy.p', {
              bucket: 'data',
              policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Resource: [arn, `${arn}/*`] }] }),
            }),
          ],
        },
      },
    });
    assert.equal(property(at(reading, 'aws_subnet.s'), 'VpcId'), '<tf:aws_vpc.main.Ref>');
    assert.equal(property(at(reading, 'aws_s3_bucket_policy.p'), 'Bucket'), '<tf:aws_s3_bucket.b.Ref>');
    assert.deepEqual(
      property(at(reading, 'aws_s3_bucket_policy.p'), 'PolicyDocument', 'Statement', 0, 'Resource'),
      ['<tf:aws_s3_bucket.b.Arn>', '<tf:aws_s3_bucket.b.Arn>/*'],
    );
    assert.equal(at(reading, 'aws_subnet.s').basis, 'state');
  });

  test('a state file of version 4 is read; its secrets are not', () => {
    const reading = readDocumentObject({
      version: 4,
      terraform_version: '1.11.4',
      serial: 3,
      lineage: 'x',
      resources: [
        {
          mode: 'managed',
          type: 'aws_db_instance',
          name: 'd',
          instances: [{ index_key: 0, attributes: { id: 'd', password: 'hunter22', multi_az: true } }],
        },
      ],
    });
    const database = at(reading, 'aws_db_instance.d[0]');
    assert.equal(property(database, 'MultiAZ'), true);
    assert.equal(property(database, 'MasterUserPassword'), '(sensitive value)');
  });

  test('what has the ARN of another resource for its id refers to that one, and takes nothing from it', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/main/0a1b';
    const instance = (type: string, attributes: object) => ({
      mode: 'managed',
      type,
      name: 'w',
      instances: [{ attributes }],
    });
    const reading = readDocumentObject({
      version: 4,
      terraform_version: '1.11.4',
      serial: 3,
      lineage: 'x',
      resources: [
        instance('aws_wafv2_web_acl', { id: '0a1b', arn }),
        instance('aws_wafv2_web_acl_logging_configuration', { id: arn, resource_arn: arn }),
      ],
    });
    const logging = at(reading, 'aws_wafv2_web_acl_logging_configuration.w');
    assert.equal(property(logging, 'ResourceArn'), '<tf:aws_wafv2_web_acl.w.Arn>');
    assert.deepEqual(at(reading, 'aws_wafv2_web_acl.w').knownAs, ['0a1b', arn]);
  });

  test('an older state file is refused', () => {
    const reading = readDocumentObject({ version: 3, terraform_version: '0.11.0', serial: 1, lineage: 'x' });
    assert.match(reading.notes[0]?.reason.en ?? '', /only version 4/);
  });
});
