#!/bin/sh
# aws-cli against the fake, unchanged but for --endpoint-url: leave that out, and it is your account. The endpoint first:
#   npx ssm-run-command serve --fleet examples/fleet.yaml --allow-shell
set -eu

endpoint=${1:-http://127.0.0.1:4599}
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1
ssm() {
  aws ssm --endpoint-url "$endpoint" --output text "$@"
}

id=$(ssm send-command --document-name AWS-RunShellScript --targets Key=tag:Role,Values=web \
  --parameters 'commands=["echo deployed","exit 7"]' --query Command.CommandId)
echo "Sent command $id."

# The CLI's waiter takes a script that fails for a failure of its own, so it must not end this script.
node=i-00000000000000001
ssm wait command-executed --command-id "$id" --instance-id "$node" 2>/dev/null || echo "It did not succeed:"
ssm get-command-invocation --command-id "$id" --instance-id "$node" \
  --query '[StatusDetails, ResponseCode, StandardOutputContent]'
ssm list-command-invocations --command-id "$id" --query 'CommandInvocations[].[InstanceId, Status]'
