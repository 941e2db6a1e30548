import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import * as rds from 'aws-cdk-lib/aws-rds';
import { type App, Duration, Stack } from 'aws-cdk-lib/core';

/** An app of high-level constructs: containers behind a load balancer, an Aurora cluster with a generated secret. */
export function containersApp(app: App): Stack {
  const stack = new Stack(app, 'Containers', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  const aurora = new rds.DatabaseCluster(stack, 'Aurora', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_6 }),
    writer: rds.ClusterInstance.provisioned('Writer', { instanceType: new ec2.InstanceType('t4g.medium') }),
    vpc,
    backup: { retention: Duration.days(3) },
  });
  const service = new ApplicationLoadBalancedFargateService(stack, 'Service', {
    cluster,
    desiredCount: 1,
    taskImageOptions: {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
      ...(aurora.secret
        ? { secrets: { DATABASE_PASSWORD: ecs.Secret.fromSecretsManager(aurora.secret, 'password') } }
        : {}),
    },
  });
  aurora.connections.allowDefaultPortFrom(service.service);
  return stack;
}
