"""Calls AWS with boto3: a call per line of standard input, its outcome per line of standard output, both in JSON."""

import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import WaiterError

CLIENTS = {}


def client_of(asked):
    """One client for each service, endpoint and configuration."""
    key = json.dumps([asked["service"], asked["url"], asked["config"]], sort_keys=True)
    if key not in CLIENTS:
        CLIENTS[key] = boto3.client(
            asked["service"], endpoint_url=asked["url"], config=Config(**asked["config"])
        )
    return CLIENTS[key]


def outcome_of(asked):
    client = client_of(asked)
    arguments = asked["arguments"]
    try:
        if asked["how"] == "wait":
            client.get_waiter(asked["name"]).wait(**arguments)
            return {"answer": None}
        if asked["how"] == "paginate":
            return {"answer": list(client.get_paginator(asked["name"]).paginate(**arguments))}
        return {"answer": getattr(client, asked["name"])(**arguments)}
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
