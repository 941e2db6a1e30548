"""Builds the environment of examples/webapp/template.yaml in an emulated account (moto), call by call.

Usage: webapp-account.py ENDPOINT. The Name tag of each resource is its logical id in the template.
"""
import json
import sys

import boto3

ENDPOINT = sys.argv[1]


def client(service):
    return boto3.client(service, endpoint_url=ENDPOINT, region_name="us-east-1")


def tags(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


ec2 = client("ec2")
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags("vpc", "Vpc"))["Vpc"]["VpcId"]
gateway = ec2.create_internet_gateway(TagSpecifications=tags("internet-gateway", "InternetGateway"))
gateway_id = gateway["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=gateway_id, VpcId=vpc)


def subnet(name, block, zone, public):
    made = ec2.create_subnet(
        VpcId=vpc, CidrBlock=block, AvailabilityZone=zone, TagSpecifications=tags("subnet", name)
    )["Subnet"]["SubnetId"]
    if public:
        ec2.modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch={"Value": True})
    return made


public = [
    subnet("PublicSubnetA", "10.0.0.0/24", "us-east-1a", True),
    subnet("PublicSubnetC", "10.0.1.0/24", "us-east-1b", True),
]
private = [
    subnet("PrivateSubnetA", "10.0.10.0/24", "us-east-1a", False),
    subnet("PrivateSubnetC", "10.0.11.0/24", "us-east-1b", False),
]


def routes(name, subnets):
    made = ec2.create_route_table(VpcId=vpc, TagSpecifications=tags("route-table", name))
    table = made["RouteTable"]["RouteTableId"]
    for each in subnets:
        ec2.associate_route_table(RouteTableId=table, SubnetId=each)
    return table


public_table = routes("PublicRouteTable", public)
ec2.create_route(RouteTableId=public_table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway_id)
routes("PrivateRouteTable", private)


def group(name, rules):
    made = ec2.create_security_group(
        GroupName=name, Description=name, VpcId=vpc, TagSpecifications=tags("security-group", name)
    )["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=rules)
    return made


def port(number, **peers):
    return {"IpProtocol": "tcp", "FromPort": number, "ToPort": number, **peers}


everywhere = {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
balancer_group = group("LoadBalancerSecurityGroup", [port(80, **everywhere)])
from_balancer = {"UserIdGroupPairs": [{"GroupId": balancer_group}]}
web_group = group("WebSecurityGroup", [port(3000, **from_balancer), port(22, **everywhere)])
database_group = group("DatabaseSecurityGroup", [port(3306, IpRanges=[{"CidrIp": "10.0.0.0/16"}])])

iam = client("iam")
trust = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
uploads = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
}
iam.create_role(RoleName="WebRole", AssumeRolePolicyDocument=json.dumps(trust))
iam.put_role_policy(RoleName="WebRole", PolicyName="uploads", PolicyDocument=json.dumps(uploads))
profile = iam.create_instance_profile(InstanceProfileName="WebInstanceProfile")
iam.add_role_to_instance_profile(InstanceProfileName="WebInstanceProfile", RoleName="WebRole")

script = """#!/bin/bash
cat >> /etc/webapp.env <<ENV
DATABASE_HOST=database.internal
DATABASE_USER=admin
DATABASE_PASSWORD=correct-horse-battery
UPLOAD_BUCKET=webapp-uploads
ENV
systemctl restart webapp
"""
image = ec2.describe_images()["Images"][0]["ImageId"]
server = ec2.run_instances(
    ImageId=image,
    InstanceType="t3.small",
    MinCount=1,
    MaxCount=1,
    SubnetId=public[0],
    SecurityGroupIds=[web_group],
    IamInstanceProfile={"Arn": profile["InstanceProfile"]["Arn"]},
    UserData=script,
    TagSpecifications=tags("instance", "WebServer"),
)["Instances"][0]["InstanceId"]

elb = client("elbv2")
balancer = elb.create_load_balancer(
    Name="LoadBalancer", Subnets=public, SecurityGroups=[balancer_group], Scheme="internet-facing", Type="application"
)["LoadBalancers"][0]["LoadBalancerArn"]
targets = elb.create_target_group(
    Name="WebTargetGroup", Protocol="HTTP", Port=3000, VpcId=vpc, TargetType="instance", HealthCheckPath="/health"
)["TargetGroups"][0]["TargetGroupArn"]
elb.register_targets(TargetGroupArn=targets, Targets=[{"Id": server, "Port": 3000}])
elb.create_listener(
    LoadBalancerArn=balancer,
    Protocol="HTTP",
    Port=80,
    DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}],
)

rds = client("rds")
rds.create_db_subnet_group(
    DBSubnetGroupName="databasesubnets", DBSubnetGroupDescription="Private subnets", SubnetIds=private
)
rds.create_db_instance(
    DBInstanceIdentifier="Database",
    Engine="mysql",
    EngineVersion="8.0.46",
    DBInstanceClass="db.t3.micro",
    AllocatedStorage=20,
    DBName="webapp",
    MasterUsername="admin",
    MasterUserPassword="correct-horse-battery",
    DBSubnetGroupName="databasesubnets",
    VpcSecurityGroupIds=[database_group],
    PubliclyAccessible=False,
)
client("s3").create_bucket(Bucket="webapp-uploads")
