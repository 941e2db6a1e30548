/** A Terraform plan in JSON of any size, made of cells like the reference environment (twenty resources each). */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Planned {
  readonly type: string;
  readonly values: Record<string, Json>;
  /** Attributes that are known after apply, with the addresses they refer to. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

function cell(index: number): readonly (readonly [string, Planned])[] {
  const network = index % 250;
  const vpc = [`aws_vpc.vpc_${index}.id`, `aws_vpc.vpc_${index}`];
  const id = (address: string, attribute = 'id') => [
    `${address}_${index}.${attribute}`,
    `${address}_${index}`,
  ];
  const plan = (
    type: string,
    values: Record<string, Json>,
    references: Record<string, readonly string[]> = {},
  ): Planned => ({ type, values, references });
  const subnet = (third: number, isPublic: boolean): Planned =>
    plan(
      'aws_subnet',
      {
        cidr_block: `10.${network}.${third}.0/24`,
        map_public_ip_on_launch: isPublic,
        availability_zone: 'eu-west-1a',
      },
      { vpc_id: vpc },
    );
  const group = (port: number, cidr: string): Planned =>
    plan(
      'aws_security_group',
      {
        description: 'cell',
        ingress: [
          { from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: [cidr], ipv6_cidr_blocks: [] },
        ],
        egress: [],
      },
      { vpc_id: vpc },
    );
  const association = (of: string): Planned =>
    plan(
      'aws_route_table_association',
      {},
      { subnet_id: id(`aws_subnet.${of}`), route_table_id: id('aws_route_table.table') },
    );
  return [
    ['vpc', plan('aws_vpc', { cidr_block: `10.${network}.0.0/16` })],
    ['gateway', plan('aws_internet_gateway', {}, { vpc_id: vpc })],
    ['public_a', subnet(0, true)],
    ['public_c', subnet(1, true)],
    ['private_a', subnet(10, false)],
    ['table', plan('aws_route_table', {}, { vpc_id: vpc })],
    [
      'route',
      plan(
        'aws_route',
        { destination_cidr_block: '0.0.0.0/0' },
        { route_table_id: id('aws_route_table.table'), gateway_id: id('aws_internet_gateway.gateway') },
      ),
    ],
    ['public_a_routes', association('public_a')],
    ['public_c_routes', association('public_c')],
    ['balancer_group', group(80, '0.0.0.0/0')],
    ['web_group', group(3000, '10.0.0.0/8')],
    ['database_group', group(3306, '10.0.0.0/8')],
    [
      'balancer',
      plan(
        'aws_lb',
        { internal: false, load_balancer_type: 'application' },
        {
          subnets: [...id('aws_subnet.public_a'), ...id('aws_subnet.public_c')],
          security_groups: id('aws_security_group.balancer_group'),
        },
      ),
    ],
    ['targets', plan('aws_lb_target_group', { port: 3000, protocol: 'HTTP' }, { vpc_id: vpc })],
    [
      'listener',
      plan(
        'aws_lb_listener',
        { port: 80, protocol: 'HTTP', default_action: [{ type: 'forward' }] },
        { load_balancer_arn: id('aws_lb.balancer', 'arn') },
      ),
    ],
    [
      'web',
      plan(
        'aws_instance',
        { ami: 'ami-12345678', instance_type: 't3.small' },
        { subnet_id: id('aws_subnet.public_a'), vpc_security_group_ids: id('aws_security_group.web_group') },
      ),
    ],
    [
      'database',
      plan(
        'aws_db_instance',
        { engine: 'mysql', storage_encrypted: index % 2 === 0, publicly_accessible: false },
        { vpc_security_group_ids: id('aws_security_group.database_group') },
      ),
    ],
    ['bucket', plan('aws_s3_bucket', { tags: { cell: String(index) } })],
    [
      'bucket_versions',
      plan(
        'aws_s3_bucket_versioning',
        { versioning_configuration: [{ status: 'Enabled' }] },
        { bucket: id('aws_s3_bucket.bucket') },
      ),
    ],
    ['key', plan('aws_kms_key', { enable_key_rotation: index % 3 === 0 })],
  ];
}

/** A plan (format 1.2) with exactly `count` resources. */
export function bigPlan(count: number): Json {
  const planned: Json[] = [];
  const configured: Json[] = [];
  const changes: Json[] = [];
  for (let index = 0; planned.length < count; index += 1) {
    for (const [part, { type, values, references }] of cell(index).slice(0, count - planned.length)) {
      const name = `${part}_${index}`;
      const address = `${type}.${name}`;
      const expressions = Object.fromEntries(
        Object.entries(references).map(([attribute, names]) => [attribute, { references: [...names] }]),
      );
      const unknown = Object.fromEntries(Object.keys(references).map((attribute) => [attribute, true]));
      planned.push({ address, mode: 'managed', type, name, values });
      configured.push({ address, mode: 'managed', type, name, expressions });
      changes.push({
        address,
        mode: 'managed',
        type,
        name,
        change: { actions: ['create'], after: values, after_unknown: unknown },
      });
    }
  }
  return {
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: { root_module: { resources: planned } },
    resource_changes: changes,
    configuration: { root_module: { resources: configured } },
  };
}
