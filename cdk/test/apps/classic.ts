import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type App, Duration, RemovalPolicy, SecretValue, Stack, Tags } from 'aws-cdk-lib/core';

/** An app as it is often met: one server with SSH behind a load balancer, a database with a written password. */
export function classicApp(app: App): Stack {
  const stack = new Stack(app, 'Classic', { env: { account: '111122223333', region: 'ap-northeast-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });

  const server = new ec2.Instance(stack, 'Server', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t3.small'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  });
  server.connections.allowFromAnyIpv4(ec2.Port.tcp(22), 'administration');

  const loadBalancer = new elb.ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc, internetFacing: true });
  const listener = loadBalancer.addListener('Http', { port: 80, open: true });
  listener.addTargets('Servers', {
    port: 3000,
    protocol: elb.ApplicationProtocol.HTTP,
    targets: [new InstanceTarget(server)],
    healthCheck: { path: '/health', interval: Duration.seconds(30) },
  });
  listener.addTargets('Admin', {
    priority: 10,
    conditions: [elb.ListenerCondition.pathPatterns(['/admin/*'])],
    port: 3001,
    protocol: elb.ApplicationProtocol.HTTP,
    targets: [new InstanceTarget(server)],
  });

  const database = new rds.DatabaseInstance(stack, 'Database', {
    engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0_39 }),
    instanceType: new ec2.InstanceType('t3.micro'),
    credentials: rds.Credentials.fromPassword('admin', SecretValue.unsafePlainText('correct-horse-battery')),
    vpc,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  database.connections.allowDefaultPortFrom(server);

  const uploads = new Bucket(stack, 'Uploads');
  uploads.grantReadWrite(server);
  Tags.of(app).add('Team', 'web');
  Tags.of(stack).add('Application', 'classic');
  return stack;
}
