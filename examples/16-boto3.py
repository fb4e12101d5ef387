#!/usr/bin/env python3
# boto3 against the fake, unchanged but for endpoint_url: leave that out, and it is your account. The endpoint first:
#   npx ssm-run-command serve --fleet examples/fleet.yaml --allow-shell
import sys

import boto3

ssm = boto3.client(
    "ssm",
    endpoint_url=sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4599",
    region_name="us-east-1",
    aws_access_key_id="any",
    aws_secret_access_key="any",
)

sent = ssm.send_command(
    DocumentName="AWS-RunShellScript",
    Parameters={"commands": ["echo deployed"]},
    Targets=[{"Key": "tag:Role", "Values": ["web"]}],
)
command_id = sent["Command"]["CommandId"]
print(f"Sent command {command_id}.")

# boto3's own waiter and paginator.
node = "i-00000000000000001"
waiter = ssm.get_waiter("command_executed")
waiter.wait(CommandId=command_id, InstanceId=node, WaiterConfig={"Delay": 1})
answer = ssm.get_command_invocation(CommandId=command_id, InstanceId=node)
print(f"{node} {answer['Status']}, {answer['StandardOutputContent'].rstrip()}")

pages = ssm.get_paginator("list_command_invocations").paginate(CommandId=command_id)
nodes = [invocation["InstanceId"] for page in pages for invocation in page["CommandInvocations"]]
print(f"It ran on {len(nodes)} nodes: {', '.join(sorted(nodes))}.")

try:
    ssm.send_command(DocumentName="No-Such-Document", InstanceIds=[node])
except ssm.exceptions.InvalidDocument as error:
    print(f"Then: {error}")
