#!/bin/sh
# What the tour runs on three nodes: a make-believe deployment that writes to both streams.
set -eu

release="2026-11-24"
echo "deploying release $release"
echo "command $SSM_COMMAND_ID" >&2

for step in fetch unpack migrate restart; do
  echo "$step: started"
  sleep 0.5
  echo "$step: ok"
done

echo "old release kept for a rollback" >&2
echo "release $release is live"
