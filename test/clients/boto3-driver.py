"""Calls AWS with boto3: a call per line of standard input, its outcome per line of standard output, both in JSON."""

import datetime
import hashlib
import io
import json
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import WaiterError
from botocore.response import StreamingBody

CLIENTS = {}


def client_of(asked):
    """One client for each service, endpoint and configuration."""
    key = json.dumps([asked["service"], asked["url"], asked["config"]], sort_keys=True)
    if key not in CLIENTS:
        CLIENTS[key] = boto3.client(
            asked["service"], endpoint_url=asked["url"], config=Config(**asked["config"])
        )
    return CLIENTS[key]


def call(client, asked):
    answer = getattr(client, asked["name"])(**asked["arguments"])
    return {name: value.read().decode() if isinstance(value, StreamingBody) else value for name, value in answer.items()}


def wait(client, asked):
    client.get_waiter(asked["name"]).wait(**asked["arguments"])


def paginate(client, asked):
    return list(client.get_paginator(asked["name"]).paginate(**asked["arguments"]))


def objects_of_bucket(client, asked):
    """Keys and sizes of the objects of a Bucket, the resource, by a method of its collection such as `filter`."""
    resource = boto3.resource("s3", endpoint_url=asked["url"], config=Config(**asked["config"]))
    arguments = dict(asked["arguments"])
    objects = resource.Bucket(arguments.pop("Bucket")).objects
    return [[each.key, each.size] for each in getattr(objects, asked["name"])(**arguments)]


def download(client, asked):
    """Length and digest of what `download_fileobj` has written."""
    file = io.BytesIO()
    getattr(client, asked["name"])(Fileobj=file, **asked["arguments"])
    content = file.getvalue()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def open_presigned(client, asked):
    """What somebody without any keys gets at an address that was signed beforehand."""
    address = client.generate_presigned_url(asked["name"], Params=asked["arguments"])
    try:
        with urllib.request.urlopen(address) as answer:
            return {"address": address, "status": answer.status, "text": answer.read().decode()}
    except urllib.error.HTTPError as error:
        return {"address": address, "status": error.code, "text": error.read().decode()}


WAYS = {
    "call": call,
    "wait": wait,
    "paginate": paginate,
    "objects": objects_of_bucket,
    "download": download,
    "presign": open_presigned,
}


def outcome_of(asked):
    client = client_of(asked)
    try:
        return {"answer": WAYS[asked["how"]](client, asked)}
    except client.exceptions.ClientError as error:
        name = type(error).__name__
        is_modelled = type(error) is getattr(client.exceptions, name, None)
        return {"error": {"class": name, "isModelled": is_modelled, **error.response}}
    except WaiterError as error:
        last = error.last_response
        return {"waiterError": {"message": str(error), "reason": error.kwargs["reason"], "last": last}}
    except Exception as error:  # whatever botocore makes of an answer that it cannot read
        return {"unexpected": f"{type(error).__name__}: {error}"}


def in_json(value):
    if isinstance(value, datetime.datetime):
        return {"datetime": value.isoformat(), "isAware": value.tzinfo is not None}
    raise TypeError(f"{type(value).__name__} is not JSON")


for line in sys.stdin:
    print(json.dumps(outcome_of(json.loads(line)), default=in_json), flush=True)
