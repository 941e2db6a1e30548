import { known, map, stringFrom, unknown, type Value } from '../../../model/value.ts';
import { withoutText } from '../evaluate/values.ts';
import {
  below,
  block,
  blockItems,
  blocks,
  eachOption,
  type Field,
  type Fields,
  fieldsOf,
  listOf,
  tags,
} from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';

const EBS: Fields = {
  encrypted: 'Encrypted',
  kms_key_id: 'KmsKeyId',
  volume_size: 'VolumeSize',
  volume_type: 'VolumeType',
  iops: 'Iops',
  snapshot_id: 'SnapshotId',
  delete_on_termination: 'DeleteOnTermination',
};

const METADATA: Fields = {
  http_tokens: 'HttpTokens',
  http_endpoint: 'HttpEndpoint',
  http_put_response_hop_limit: 'HttpPutResponseHopLimit',
  http_protocol_ipv6: 'HttpProtocolIpv6',
  instance_metadata_tags: 'InstanceMetadataTags',
};

/** Disk blocks that hold the disk's settings directly; the root disk's device is named by the image. */
function disks(fallbackDevice?: string): Field {
  return (value, target) => {
    for (const item of blockItems(value)) {
      target.append(
        'BlockDeviceMappings',
        eachOption(item, (each) => diskOf(each, fallbackDevice)),
      );
    }
  };
}

function diskOf(value: Value, fallbackDevice: string | undefined): Value {
  const named = fieldsOf(value, {
    device_name: 'DeviceName',
    no_device: 'NoDevice',
    virtual_name: 'VirtualName',
  });
  const entries = new Map(named.kind === 'map' ? named.entries : []);
  if (fallbackDevice && !entries.has('DeviceName'))
    entries.set('DeviceName', known(fallbackDevice, value.span));
  entries.set('Ebs', fieldsOf(value, EBS));
  return map(entries, value.span);
}

const NETWORK_INTERFACE: Fields = {
  device_index: 'DeviceIndex',
  associate_public_ip_address: 'AssociatePublicIpAddress',
  subnet_id: 'SubnetId',
  security_groups: 'Groups',
  network_interface_id: 'NetworkInterfaceId',
  delete_on_termination: 'DeleteOnTermination',
};

/** CloudFormation says that an instance has a public address only in a network interface. */
const publicAddress: Field = (value, target) => {
  target.append(
    'NetworkInterfaces',
    map(
      new Map<string, Value>([
        ['DeviceIndex', known('0', value.span)],
        ['AssociatePublicIpAddress', value],
      ]),
      value.span,
    ),
  );
};

/** CloudFormation has start scripts in base 64; the provider's plans and states have only their SHA-1. */
const startScript: Field = (value, target) => target.set('UserData', eachOption(value, encodedScript));

function encodedScript(script: Value): Value {
  if (script.kind === 'unknown') return withoutText(script);
  const text = stringFrom(script);
  if (text === undefined) return script;
  if (/^[0-9a-f]{40}$/.test(text)) return unknown('user_data', 'function', script.span);
  return known(Buffer.from(text, 'utf8').toString('base64'), script.span);
}

const TEMPLATE_REFERENCE: Fields = { id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'Version' };

const INSTANCE: Fields = {
  ami: 'ImageId',
  instance_type: 'InstanceType',
  availability_zone: 'AvailabilityZone',
  subnet_id: 'SubnetId',
  vpc_security_group_ids: 'SecurityGroupIds',
  security_groups: 'SecurityGroups',
  iam_instance_profile: 'IamInstanceProfile',
  key_name: 'KeyName',
  user_data: startScript,
  user_data_base64: 'UserData',
  monitoring: 'Monitoring',
  ebs_optimized: 'EbsOptimized',
  source_dest_check: 'SourceDestCheck',
  tenancy: 'Tenancy',
  disable_api_termination: 'DisableApiTermination',
  private_ip: 'PrivateIpAddress',
  associate_public_ip_address: publicAddress,
  metadata_options: block('MetadataOptions', METADATA),
  root_block_device: disks('root'),
  ebs_block_device: disks(),
  network_interface: blocks('NetworkInterfaces', NETWORK_INTERFACE),
  launch_template: block('LaunchTemplate', TEMPLATE_REFERENCE),
  tags: tags(),
};

const LAUNCH_TEMPLATE: Fields = {
  image_id: 'ImageId',
  instance_type: 'InstanceType',
  key_name: 'KeyName',
  vpc_security_group_ids: 'SecurityGroupIds',
  security_group_names: 'SecurityGroups',
  user_data: 'UserData',
  ebs_optimized: 'EbsOptimized',
  disable_api_termination: 'DisableApiTermination',
  iam_instance_profile: block('IamInstanceProfile', { arn: 'Arn', name: 'Name' }),
  metadata_options: block('MetadataOptions', METADATA),
  monitoring: block('Monitoring', { enabled: 'Enabled' }),
  network_interfaces: blocks('NetworkInterfaces', NETWORK_INTERFACE),
  block_device_mappings: blocks('BlockDeviceMappings', {
    device_name: 'DeviceName',
    no_device: 'NoDevice',
    virtual_name: 'VirtualName',
    ebs: block('Ebs', EBS),
  }),
};

const GROUP_TAGS: Field = blocks('Tags', {
  key: 'Key',
  value: 'Value',
  propagate_at_launch: 'PropagateAtLaunch',
});

export const COMPUTE_TYPES = [
  type('aws_instance', 'AWS::EC2::Instance', INSTANCE, {
    attributes: {
      public_ip: 'PublicIp',
      private_ip: 'PrivateIp',
      public_dns: 'PublicDnsName',
      private_dns: 'PrivateDnsName',
    },
  }),
  type(
    'aws_launch_template',
    'AWS::EC2::LaunchTemplate',
    {
      name: 'LaunchTemplateName',
      ...below('LaunchTemplateData', LAUNCH_TEMPLATE),
    },
    {
      attributes: {
        latest_version: 'LatestVersionNumber',
        default_version: 'DefaultVersionNumber',
        name: 'Ref',
      },
    },
  ),
  type(
    'aws_launch_configuration',
    'AWS::AutoScaling::LaunchConfiguration',
    {
      image_id: 'ImageId',
      instance_type: 'InstanceType',
      key_name: 'KeyName',
      security_groups: 'SecurityGroups',
      iam_instance_profile: 'IamInstanceProfile',
      associate_public_ip_address: 'AssociatePublicIpAddress',
      user_data: 'UserData',
      user_data_base64: 'UserData',
      enable_monitoring: 'InstanceMonitoring',
      ebs_optimized: 'EbsOptimized',
      metadata_options: block('MetadataOptions', METADATA),
      root_block_device: disks('root'),
      ebs_block_device: disks(),
    },
    { attributes: { name: 'Ref' } },
  ),
  type(
    'aws_autoscaling_group',
    'AWS::AutoScaling::AutoScalingGroup',
    {
      name: 'AutoScalingGroupName',
      min_size: 'MinSize',
      max_size: 'MaxSize',
      desired_capacity: 'DesiredCapacity',
      vpc_zone_identifier: 'VPCZoneIdentifier',
      availability_zones: 'AvailabilityZones',
      launch_configuration: 'LaunchConfigurationName',
      launch_template: block('LaunchTemplate', {
        id: 'LaunchTemplateId',
        name: 'LaunchTemplateName',
        version: 'Version',
      }),
      mixed_instances_policy: block('MixedInstancesPolicy', {
        launch_template: block('LaunchTemplate', {
          launch_template_specification: block('LaunchTemplateSpecification', {
            launch_template_id: 'LaunchTemplateId',
            launch_template_name: 'LaunchTemplateName',
            version: 'Version',
          }),
          override: blocks('Overrides', { instance_type: 'InstanceType' }),
        }),
      }),
      target_group_arns: 'TargetGroupARNs',
      load_balancers: 'LoadBalancerNames',
      health_check_type: 'HealthCheckType',
      health_check_grace_period: 'HealthCheckGracePeriod',
      max_instance_lifetime: 'MaxInstanceLifetime',
      tag: GROUP_TAGS,
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_autoscaling_policy', 'AWS::AutoScaling::ScalingPolicy', {
    autoscaling_group_name: 'AutoScalingGroupName',
    policy_type: 'PolicyType',
  }),
  type('aws_appautoscaling_target', 'AWS::ApplicationAutoScaling::ScalableTarget', {
    max_capacity: 'MaxCapacity',
    min_capacity: 'MinCapacity',
    resource_id: 'ResourceId',
    scalable_dimension: 'ScalableDimension',
    service_namespace: 'ServiceNamespace',
  }),
  type('aws_ebs_volume', 'AWS::EC2::Volume', {
    availability_zone: 'AvailabilityZone',
    encrypted: 'Encrypted',
    kms_key_id: 'KmsKeyId',
    size: 'Size',
    type: 'VolumeType',
    snapshot_id: 'SnapshotId',
    iops: 'Iops',
    tags: tags(),
  }),
  type('aws_volume_attachment', 'AWS::EC2::VolumeAttachment', {
    device_name: 'Device',
    volume_id: 'VolumeId',
    instance_id: 'InstanceId',
  }),
  type(
    'aws_ebs_encryption_by_default',
    'Account::EbsEncryptionByDefault',
    { enabled: 'Enabled' },
    {
      defaults: { Enabled: true },
    },
  ),
  type('aws_ebs_snapshot_block_public_access', 'Account::EbsSnapshotBlockPublicAccess', { state: 'State' }),
  type('aws_ec2_instance_metadata_defaults', 'Account::InstanceMetadataDefaults', {
    http_tokens: 'HttpTokens',
    http_put_response_hop_limit: 'HttpPutResponseHopLimit',
  }),
];

export const COMPUTE_JOINS = [
  join('aws_autoscaling_attachment', ['autoscaling_group_name', 'AWS::AutoScaling::AutoScalingGroup'], {
    lb_target_group_arn: listOf('TargetGroupARNs'),
    alb_target_group_arn: listOf('TargetGroupARNs'),
    elb: listOf('LoadBalancerNames'),
  }),
];
