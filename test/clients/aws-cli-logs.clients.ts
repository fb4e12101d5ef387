import { beforeAll, expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

const GROUP = "/aws/ssm/AWS-RunShellScript";

describeClient("awsCli", {
  about: "logs, at the same port",
  checks: () => {
    const account = new ServedAccount({
      nodes: [{ behavior: { type: "exits", stdout: "one\ntwo\n", stderr: "oops\n" } }],
    });
    const aws = new AwsCli(() => account.url);
    let commandId = "";
    const written = (line: string) => line.replaceAll("COMMAND", commandId);
    const stream = `COMMAND/${nodeId(1)}/aws-runShellScript`;

    beforeAll(async () => {
      commandId = await account.send({
        InstanceIds: [nodeId(1)],
        CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      });
      await account.fake.clock.advance("1m");
    });

    it.each<readonly [line: string, answer: unknown]>([
      [
        `logs describe-log-groups --log-group-name-prefix /aws/ssm --query logGroups[].logGroupName`,
        [GROUP],
      ],
      [
        `logs describe-log-streams --log-group-name ${GROUP} --log-stream-name-prefix COMMAND --query logStreams[].logStreamName`,
        [`${stream}/stderr`, `${stream}/stdout`],
      ],
      [
        `logs get-log-events --log-group-name ${GROUP} --log-stream-name ${stream}/stdout --start-from-head --query events[].message`,
        ["one\ntwo"],
      ],
      [
        `logs filter-log-events --log-group-name ${GROUP} --log-stream-names ${stream}/stderr --query events[].message`,
        ["oops"],
      ],
    ])("aws %s", async (line, answer) => {
      const { exitCode, stdout, stderr } = await aws.run(written(line));
      const expected = JSON.parse(written(JSON.stringify(answer)));
      expect({ exitCode, stderr, answer: JSON.parse(stdout || "null") }).toEqual({
        exitCode: 0,
        stderr: "",
        answer: expected,
      });
    });

    it("aws logs tail --since 3650d --format short prints what the node wrote", async () => {
      const { exitCode, stdout } = await aws.run(
        written(
          `logs tail ${GROUP} --log-stream-names ${stream}/stdout --since 3650d --format short`,
        ),
      );
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8} one\ntwo\n/),
      });
    });

    it("aws logs get-log-events of a group that is not there exits with 254", async () => {
      const { exitCode, stderr } = await aws.run(
        "logs get-log-events --log-group-name none --log-stream-name none",
      );
      expect({ exitCode, stderr: stderr.trim() }).toEqual({
        exitCode: 254,
        stderr:
          "An error occurred (ResourceNotFoundException) when calling the GetLogEvents operation: The specified log group does not exist.",
      });
    });
  },
});
