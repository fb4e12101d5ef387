/** What `--help` prints. Examples first: most readers need no more. */
export const HELP = `Examples

  npx ssm-run-command serve --fleet fleet.yaml
  aws ssm send-command --endpoint-url http://127.0.0.1:4599 \\
    --document-name AWS-RunShellScript --parameters commands=uptime --targets Key=tag:Role,Values=web

  npx ssm-run-command serve --fleet fleet.yaml --time-scale 60   an hour takes a minute
  curl -X POST -H 'X-Fake-Ssm: 1' http://127.0.0.1:4599/_fake/reset

Usage: ssm-run-command serve [options]

Serves AWS SSM Run Command, and the CloudWatch Logs that its nodes write to, from memory. Signatures are not checked: any
credentials will do.

  --fleet FILE          nodes and documents, in YAML or JSON; without it there are none
  --port N              0 has a free one picked (default 4599)
  --host ADDRESS        where to listen (default 127.0.0.1)
  --allow-remote        lets --host be an address that other machines reach
  --allowed-host NAME   a name that clients may call the server by, beside localhost; may be repeated
  --time-scale N        the service's clock runs N times as fast, time-outs of real shells too (default 1)
  --consistency WORD    how late the service is: instant, measured or worst (default measured)
  --allow-shell         lets nodes of the fleet file run scripts on this machine
  --region NAME         where the nodes are (default us-east-1)
  --log FORM            text, json or none (default text)
  --help                this text
  --version             the version of the package

The first line on stdout says where it listens; everything else goes to stderr. SIGINT and SIGTERM end it.
Under /_fake/: GET health, timeline, journal; POST reset, nodes/ID/go-offline, nodes/ID/come-back (with X-Fake-Ssm: 1).
Exit codes: 0 after a signal, 1 when the fleet file or the port cannot be used, 2 for a wrong command line.
`;
