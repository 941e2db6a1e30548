"""One call of STS by boto3 or aws-cli with a clock that is wrong by some seconds; prints the error as JSON."""
import datetime
import json
import re
import sys

import botocore.auth
import botocore.compat

program, endpoint, operation, offset = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
right_clock = botocore.compat.get_current_datetime


def wrong_clock(*words, **named):
    return right_clock(*words, **named) + datetime.timedelta(seconds=offset)


botocore.auth.get_current_datetime = wrong_clock
WORDS = {"GetCallerIdentity": ["get-caller-identity"], "GetAccessKeyInfo": ["get-access-key-info", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"]}
INPUT = {"GetAccessKeyInfo": {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE"}}

if program == "boto3":
    import boto3
    from botocore.exceptions import ClientError

    client = boto3.client("sts", endpoint_url=endpoint)
    try:
        client._make_api_call(operation, INPUT.get(operation, {}))
        print(json.dumps({"code": "", "message": ""}))
    except ClientError as refused:
        error = refused.response["Error"]
        print(json.dumps({"code": error["Code"], "message": error["Message"]}))
else:
    import contextlib
    import io

    import awscli.clidriver

    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        sys.argv = ["aws"]
        code = awscli.clidriver.create_clidriver().main(["sts", *WORDS[operation], "--endpoint-url", endpoint])
    found = re.search(r"An error occurred \((\w+)\) when calling the \w+ operation(?: \(.*?\))?: (.*)", errors.getvalue())
    print(json.dumps({"code": found[1] if found else "", "message": found[2] if found else errors.getvalue()}))
