"""Puts one of many things into an emulated account (moto), so that a whole run of collect asks for details.

Usage: rich-account.py ENDPOINT. Prints what the emulator refused; some of it always is.
"""
import io
import json
import sys
import zipfile

import boto3

ENDPOINT = sys.argv[1]
ACCOUNT = "123456789012"


def client(service):
    return boto3.client(service, endpoint_url=ENDPOINT, region_name="us-east-1")


def make(name, step):
    try:
        return step()
    except Exception as error:  # the emulator refuses some: the run goes on without
        print(f"refused: {name}: {type(error).__name__}")
        return {}


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as files:
        files.writestr("index.py", "def handler(event, context): pass")
    return content.getvalue()


ANYONE = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
iam = client("iam")
role = iam.create_role(RoleName="work", AssumeRolePolicyDocument=json.dumps(ANYONE))["Role"]["Arn"]
iam.create_user(UserName="ann")
iam.create_access_key(UserName="ann")
iam.create_login_profile(UserName="ann", Password="correct-horse-Battery-1")

functions = client("lambda")
make("function", lambda: functions.create_function(
    FunctionName="work", Runtime="python3.13", Role=role, Handler="index.handler", Code={"ZipFile": archive()},
    Environment={"Variables": {"DB_PASSWORD": "hunter2-in-lambda", "MODE": "fast"}}))
make("permission", lambda: functions.add_permission(
    FunctionName="work", StatementId="events", Action="lambda:InvokeFunction", Principal="events.amazonaws.com"))

ecs = client("ecs")
make("cluster", lambda: ecs.create_cluster(clusterName="main"))
make("task", lambda: ecs.register_task_definition(family="work", containerDefinitions=[{
    "name": "app", "image": "app:1", "memory": 128,
    "environment": [{"name": "API_KEY", "value": "hunter2-in-task"}]}]))
make("service", lambda: ecs.create_service(cluster="main", serviceName="work", taskDefinition="work", desiredCount=1))
make("build", lambda: client("codebuild").create_project(
    name="work", source={"type": "S3", "location": "bucket/path"}, artifacts={"type": "NO_ARTIFACTS"},
    environment={"type": "LINUX_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL",
                 "environmentVariables": [{"name": "AWS_SECRET_ACCESS_KEY", "value": "hunter2-in-build"}]},
    serviceRole=role))

ec2 = client("ec2")
image = ec2.describe_images()["Images"][0]["ImageId"]
make("template", lambda: ec2.create_launch_template(LaunchTemplateName="work", LaunchTemplateData={
    "ImageId": image, "UserData": "IyEvYmluL2Jhc2gKZXhwb3J0IERCX1BBU1NXT1JEPWh1bnRlcjItaW4tdGVtcGxhdGUK"}))
make("server", lambda: ec2.run_instances(
    ImageId=image, MinCount=1, MaxCount=1,
    UserData="#!/bin/bash\nexport DB_PASSWORD=hunter2-in-script\n"))
make("address", lambda: ec2.allocate_address(Domain="vpc"))
make("prefixes", lambda: ec2.create_managed_prefix_list(PrefixListName="p", MaxEntries=1, AddressFamily="IPv4"))

make("bucket", lambda: client("s3").create_bucket(Bucket="rich-account-bucket"))
make("table", lambda: client("dynamodb").create_table(
    TableName="t", KeySchema=[{"AttributeName": "a", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "a", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST"))
topic = make("topic", lambda: client("sns").create_topic(Name="t")).get("TopicArn")
make("queue", lambda: client("sqs").create_queue(QueueName="q"))
make("subscription", lambda: client("sns").subscribe(
    TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:us-east-1:{ACCOUNT}:q"))
make("stream", lambda: client("kinesis").create_stream(StreamName="s", ShardCount=1))
make("repository", lambda: client("ecr").create_repository(repositoryName="repo"))
make("secret", lambda: client("secretsmanager").create_secret(Name="s", SecretString="hunter2-in-secret"))
make("parameter", lambda: client("ssm").put_parameter(Name="/p", Value="hunter2-in-parameter", Type="SecureString"))
make("key", lambda: client("kms").create_key())
make("detector", lambda: client("guardduty").create_detector(Enable=True))
make("trail", lambda: client("cloudtrail").create_trail(Name="trail", S3BucketName="rich-account-bucket"))
make("rule", lambda: client("events").put_rule(Name="r", EventPattern='{"source": ["aws.guardduty"]}'))
make("group", lambda: client("logs").create_log_group(logGroupName="g"))
make("files", lambda: client("efs").create_file_system(CreationToken="f"))
make("warehouse", lambda: client("redshift").create_cluster(
    ClusterIdentifier="w", NodeType="ra3.large", MasterUsername="admin", MasterUserPassword="Hunter2-in-warehouse"))
make("search", lambda: client("opensearch").create_domain(DomainName="search"))
make("zone", lambda: client("route53").create_hosted_zone(Name="example.com", CallerReference="1"))
rest = make("rest api", lambda: client("apigateway").create_rest_api(name="api")).get("id")
make("http api", lambda: client("apigatewayv2").create_api(Name="api", ProtocolType="HTTP"))
make("pool", lambda: client("cognito-idp").create_user_pool(PoolName="p"))
make("identities", lambda: client("cognito-identity").create_identity_pool(
    IdentityPoolName="i", AllowUnauthenticatedIdentities=False))
make("plan", lambda: client("backup").create_backup_plan(BackupPlan={"BackupPlanName": "b", "Rules": []}))
make("window", lambda: client("ssm").create_maintenance_window(
    Name="weekly", Schedule="cron(0 3 ? * SUN *)", Duration=2, Cutoff=1, AllowUnassociatedTargets=True))
make("baseline", lambda: client("ssm").create_patch_baseline(Name="base"))
make("web acl", lambda: client("wafv2").create_web_acl(
    Name="w", Scope="REGIONAL", DefaultAction={"Allow": {}}, Rules=[],
    VisibilityConfig={"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "m"}))
make("work group", lambda: client("athena").create_work_group(Name="w"))
make("certificate", lambda: client("acm").request_certificate(DomainName="example.com"))
make("state machine", lambda: client("stepfunctions").create_state_machine(
    name="s", roleArn=role, definition='{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}'))
make("broker", lambda: client("mq").create_broker(
    BrokerName="b", EngineType="RABBITMQ", EngineVersion="3.13", HostInstanceType="mq.m5.large",
    DeploymentMode="SINGLE_INSTANCE", PubliclyAccessible=False, AutoMinorVersionUpgrade=True, Users=[]))
make("kubernetes", lambda: client("eks").create_cluster(
    name="k", roleArn=role, resourcesVpcConfig={"subnetIds": []}))
make("organization", lambda: client("organizations").create_organization(FeatureSet="ALL"))
