import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, nameOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';
import { startScript } from '../redact.ts';

/** What new servers are made from: launch templates (Amazon EC2 API reference). */
export const launchTemplates: Collector = {
  id: 'launch-templates',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::LaunchTemplate'],
  actions: {
    DescribeLaunchTemplates: 'ec2:DescribeLaunchTemplates',
    DescribeLaunchTemplateVersions: 'ec2:DescribeLaunchTemplateVersions',
  },
  async read(api) {
    const found = await api.all('DescribeLaunchTemplates', 'LaunchTemplates');
    return Promise.all(found.map((each) => launchTemplate(api, each)));
  },
};

async function launchTemplate(api: Api, found: Output): Promise<FoundResource> {
  const id = textOf(found, 'LaunchTemplateId');
  const name = textOf(found, 'LaunchTemplateName');
  const versions = await api.all('DescribeLaunchTemplateVersions', 'LaunchTemplateVersions', {
    LaunchTemplateId: id,
    Versions: ['$Default', '$Latest'],
  });
  const data = versions.map((version) => launchData(mapOf(version, 'LaunchTemplateData')));
  return here(api, {
    id: api.arn('ec2', `launch-template/${id}`),
    type: 'AWS::EC2::LaunchTemplate',
    name: nameOf(found, name || id),
    names: { Ref: id, LaunchTemplateName: name },
    // Groups may use either: where the default and the newest version differ, neither can be judged.
    unread: new Set(data.map((each) => JSON.stringify(each))).size > 1 ? ['LaunchTemplateData'] : [],
    properties: { ...pick(found, ['LaunchTemplateName']), LaunchTemplateData: data[0] ?? {} },
  });
}

const LAUNCH_DATA = [
  'ImageId',
  'InstanceType',
  'KeyName',
  'IamInstanceProfile',
  'SecurityGroupIds',
  'SecurityGroups',
  'BlockDeviceMappings',
  'NetworkInterfaces',
  'MetadataOptions',
  'TagSpecifications',
  'Monitoring',
];

function launchData(found: Output): Output {
  return { ...pick(found, LAUNCH_DATA), ...given('UserData', startScript(textOf(found, 'UserData'))) };
}

/** The older form of the same (Amazon EC2 Auto Scaling API reference). */
export const launchConfigurations: Collector = {
  id: 'launch-configurations',
  service: 'auto-scaling',
  where: 'region',
  types: ['AWS::AutoScaling::LaunchConfiguration'],
  actions: { DescribeLaunchConfigurations: 'autoscaling:DescribeLaunchConfigurations' },
  async read(api) {
    const found = await api.all('DescribeLaunchConfigurations', 'LaunchConfigurations');
    return found.map((each) => {
      const name = textOf(each, 'LaunchConfigurationName');
      return here(api, {
        id: textOf(each, 'LaunchConfigurationARN'),
        type: 'AWS::AutoScaling::LaunchConfiguration',
        name,
        names: { Ref: name },
        properties: {
          ...pick(each, [
            'LaunchConfigurationName',
            'ImageId',
            'InstanceType',
            'KeyName',
            'IamInstanceProfile',
          ]),
          ...pick(each, ['AssociatePublicIpAddress', 'SecurityGroups', 'MetadataOptions', 'EbsOptimized']),
          ...given('BlockDeviceMappings', mapsOf(each, 'BlockDeviceMappings')),
          ...given('UserData', startScript(textOf(each, 'UserData'))),
        },
      });
    });
  },
};

const GROUP = [
  'AutoScalingGroupName',
  'MinSize',
  'MaxSize',
  'DesiredCapacity',
  'AvailabilityZones',
  'TargetGroupARNs',
  'LoadBalancerNames',
  'HealthCheckType',
  'LaunchConfigurationName',
  'MaxInstanceLifetime',
];

/** Groups of servers (Amazon EC2 Auto Scaling API reference). */
export const scaling: Collector = {
  id: 'scaling',
  service: 'auto-scaling',
  where: 'region',
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  actions: { DescribeAutoScalingGroups: 'autoscaling:DescribeAutoScalingGroups' },
  async read(api) {
    const groups = await api.all('DescribeAutoScalingGroups', 'AutoScalingGroups');
    return groups.map((group) => {
      const name = textOf(group, 'AutoScalingGroupName');
      const subnets = textOf(group, 'VPCZoneIdentifier').split(',').filter(Boolean);
      const tags = mapsOf(group, 'Tags').map((tag) => pick(tag, ['Key', 'Value', 'PropagateAtLaunch']));
      return here(api, {
        id: textOf(group, 'AutoScalingGroupARN'),
        type: 'AWS::AutoScaling::AutoScalingGroup',
        name,
        names: { Ref: name },
        properties: {
          ...pick(group, [...GROUP, 'LaunchTemplate', 'MixedInstancesPolicy']),
          ...given('VPCZoneIdentifier', subnets),
          ...given('Tags', tags),
        },
      });
    });
  },
};
