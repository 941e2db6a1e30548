import { CfnAutoScalingGroup, CfnScalingPolicy } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Fn } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { partitionArn } from '../support.ts';

/** The newest image of Amazon Linux 2023, looked up at each launch. */
export const NEWEST_IMAGE =
  'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

export interface WebServersProps {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly targetGroupArn: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Lines of a shell script that runs when a server starts. Never put a secret there. */
  readonly startScript: readonly string[];
  /** What the application may do, as statements of an IAM policy. */
  readonly statements: readonly object[];
}

/**
 * Servers in an Auto Scaling group over two zones, reached by Session Manager: no SSH, no key pair, no address of
 * their own. Their role grants what the application needs by name.
 *
 * - Stops: stolen SSH keys, and what a taken server could do beyond its job.
 * - Costs: about $15 a month per t3.small. - Limits: servers keep no state; what they write is lost with them.
 */
export class WebServers extends Construct {
  readonly role: CfnRole;
  readonly template: CfnLaunchTemplate;
  readonly group: CfnAutoScalingGroup;

  constructor(scope: Construct, id: string, props: WebServersProps) {
    super(scope, id);
    this.role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      managedPolicyArns: [partitionArn(this, 'iam::aws:policy/AmazonSSMManagedInstanceCore')],
      policies: [
        {
          policyName: 'application',
          policyDocument: { Version: '2012-10-17', Statement: props.statements },
        },
      ],
    });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [this.role.ref] });
    this.template = new CfnLaunchTemplate(this, 'Template', {
      launchTemplateData: {
        imageId: props.imageId,
        instanceType: props.instanceType,
        iamInstanceProfile: { arn: profile.attrArn },
        securityGroupIds: [props.securityGroupId],
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          { deviceName: '/dev/xvda', ebs: { volumeSize: 20, volumeType: 'gp3', encrypted: true } },
        ],
        userData: Fn.base64(['#!/bin/bash', 'set -euo pipefail', ...props.startScript].join('\n')),
      },
    });
    this.group = this.scaled(props);
  }

  private scaled(props: WebServersProps): CfnAutoScalingGroup {
    const group = new CfnAutoScalingGroup(this, 'Group', {
      minSize: String(props.minimum),
      maxSize: String(props.maximum),
      healthCheckType: 'ELB',
      healthCheckGracePeriod: 120,
      maxInstanceLifetime: 30 * 24 * 3600,
      launchTemplate: {
        launchTemplateId: this.template.ref,
        version: this.template.attrLatestVersionNumber,
      },
      vpcZoneIdentifier: [...props.subnetIds],
      targetGroupArns: [props.targetGroupArn],
    });
    group.cfnOptions.updatePolicy = {
      autoScalingRollingUpdate: { minInstancesInService: props.minimum, maxBatchSize: 1, pauseTime: 'PT5M' },
    };
    new CfnScalingPolicy(this, 'Scaling', {
      autoScalingGroupName: group.ref,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
        targetValue: 60,
      },
    });
    return group;
  }
}
