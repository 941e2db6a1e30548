"""What a program on boto3 does with IAM: pages, waiters, errors as classes, documents as objects."""
import json
import sys

import boto3

iam = boto3.client("iam", endpoint_url=sys.argv[1])
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
for number in range(5):
    iam.create_user(UserName=f"boto-{number}", Path="/boto/")
iam.get_waiter("user_exists").wait(UserName="boto-0")
pages = iam.get_paginator("list_users").paginate(PathPrefix="/boto/", PaginationConfig={"PageSize": 2})
names = [user["UserName"] for page in pages for user in page["Users"]]
iam.create_role(RoleName="boto", AssumeRolePolicyDocument=json.dumps(trust))
role = iam.get_role(RoleName="boto")["Role"]
try:
    iam.get_user(UserName="nobody")
    error = None
except iam.exceptions.NoSuchEntityException as refused:
    error = refused.response["Error"]["Message"]
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="boto")["VirtualMFADevice"]
iam.generate_credential_report()
report = iam.get_credential_report()["Content"].decode()
simulated = iam.simulate_custom_policy(
    PolicyInputList=[json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]})],
    ActionNames=["s3:GetObject", "s3:PutObject"],
)["EvaluationResults"]
for name in names:
    iam.delete_user(UserName=name)
iam.delete_role(RoleName="boto")
iam.delete_virtual_mfa_device(SerialNumber=device["SerialNumber"])
print(
    json.dumps(
        {
            "names": names,
            "document": role["AssumeRolePolicyDocument"] == trust,
            "born": role["CreateDate"].isoformat(),
            "error": error,
            "seed": len(device["Base32StringSeed"]),
            "picture": device["QRCodePNG"][1:4].decode(),
            "report": report.splitlines()[0].split(",")[0],
            "decisions": [result["EvalDecision"] for result in simulated],
        }
    )
)
