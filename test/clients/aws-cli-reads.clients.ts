import { beforeAll, expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

describeClient("awsCli", {
  about: "reads and cancels",
  checks: () => {
    const account = new ServedAccount({
      nodes: [
        { tags: { Role: "web" }, behavior: { type: "exits", stdout: "up 3 days\n", after: "2s" } },
        { agent: "unreachable" },
      ],
    });
    const aws = new AwsCli(() => account.url);
    const ids = { first: "", second: "", third: "" };

    beforeAll(async () => {
      const InstanceIds = [nodeId(1)];
      ids.first = await account.send({ InstanceIds, Comment: "first" });
      await account.fake.clock.advance("10s");
      ids.second = await account.send({ InstanceIds, Comment: "second" });
      await account.fake.clock.advance("10s");
      ids.third = await account.send({ InstanceIds: [nodeId(2)], Comment: "third" });
      await account.fake.clock.advance("1s");
    });

    const written = (line: string) =>
      line
        .replaceAll("FIRST", ids.first)
        .replaceAll("SECOND", ids.second)
        .replaceAll("THIRD", ids.third);
    const comments = "--query Commands[].Comment";

    it.each<readonly [line: string, answer: unknown]>([
      [`ssm list-commands ${comments}`, ["third", "second", "first"]],
      [`ssm list-commands --command-id SECOND ${comments}`, ["second"]],
      [`ssm list-commands --instance-id ${nodeId(2)} ${comments}`, ["third"]],
      [`ssm list-commands --filters key=Status,value=Success ${comments}`, ["second", "first"]],
      [`ssm list-commands --filters key=InvokedAfter,value=2999-01-01T00:00:00Z ${comments}`, []],
      [
        `ssm list-commands --filters key=DocumentName,value=AWS-RunShellScript --page-size 1 ${comments}`,
        ["third", "second", "first"],
      ],
      [`ssm list-commands --max-items 1 --page-size 1 ${comments}`, ["third"]],
      [
        `ssm list-command-invocations --command-id FIRST --details --query CommandInvocations[].CommandPlugins[].Output`,
        ["up 3 days\n"],
      ],
      [
        `ssm list-command-invocations --instance-id ${nodeId(1)} --page-size 1 --query CommandInvocations[].Comment`,
        ["second", "first"],
      ],
      [
        `ssm list-command-invocations --filters key=Status,value=Success --query CommandInvocations[].Comment`,
        ["second", "first"],
      ],
      [
        `ssm get-command-invocation --command-id FIRST --instance-id ${nodeId(1)} --plugin-name aws:runShellScript --query [Status,StandardOutputContent,ExecutionElapsedTime]`,
        ["Success", "up 3 days\n", "PT2S"],
      ],
      [
        `ssm get-command-invocation --command-id THIRD --instance-id ${nodeId(2)} --query [StatusDetails,ResponseCode,ExecutionStartDateTime,ExecutionEndDateTime]`,
        // What has not started has no start, and an empty end [rec-2026-09-27-timeouts].
        ["InProgress", -1, null, ""],
      ],
      [
        "ssm describe-instance-information --query InstanceInformationList[].[InstanceId,PingStatus,PlatformType]",
        [
          [nodeId(1), "Online", "Linux"],
          [nodeId(2), "ConnectionLost", "Linux"],
        ],
      ],
      [
        `ssm describe-instance-information --filters Key=InstanceIds,Values=${nodeId(2)} --query InstanceInformationList[].InstanceId`,
        [nodeId(2)],
      ],
      [
        "ssm describe-instance-information --filters Key=tag:Role,Values=web --query InstanceInformationList[].InstanceId",
        [nodeId(1)],
      ],
      [
        "ssm describe-instance-information --instance-information-filter-list key=PingStatus,valueSet=Online --query InstanceInformationList[].InstanceId",
        [nodeId(1)],
      ],
    ])("aws %s", async (line, answer) => {
      expect(await aws.json(written(line))).toEqual(answer);
    });

    it.each([
      [
        `ssm get-command-invocation --command-id FIRST --instance-id ${nodeId(1)} --query Status --output text`,
        "Success\n",
      ],
      [
        `ssm list-commands --output text --query Commands[].[Comment,Status]`,
        "third\tInProgress\nsecond\tSuccess\nfirst\tSuccess\n",
      ],
    ])("aws %s", async (line, printed) => {
      expect((await aws.run(written(line))).stdout).toBe(printed);
    });

    it("aws ssm list-commands --max-items 2, and the rest with --starting-token", async () => {
      const first = await aws.json("ssm list-commands --max-items 2");
      const { NextToken } = first as { readonly NextToken: string };
      const rest = await aws.json(
        `ssm list-commands --max-items 2 --starting-token ${NextToken} ${comments}`,
      );
      expect(rest).toEqual(["first"]);
    });

    it("aws ssm cancel-command --command-id ID --instance-ids ID, and the command is over", async () => {
      const cancel = await aws.run(
        written(`ssm cancel-command --command-id THIRD --instance-ids ${nodeId(2)}`),
      );
      const read = await aws.json(
        written("ssm list-commands --command-id THIRD --query Commands[].Status"),
      );
      expect({ ...cancel, read }).toEqual({
        exitCode: 0,
        stdout: "",
        stderr: "",
        read: ["Cancelled"],
      });
    });

    it("aws ssm list-commands --region eu-west-1 sees nothing of this region", async () => {
      expect(await aws.json("ssm list-commands --region eu-west-1")).toEqual({ Commands: [] });
    });

    it.each([
      [
        `ssm get-command-invocation --command-id FIRST --instance-id ${nodeId(2)}`,
        "An error occurred (InvocationDoesNotExist) when calling the GetCommandInvocation operation: Invocation not found for FIRST, i-00000000000000002",
      ],
      [
        `ssm get-command-invocation --command-id FIRST --instance-id ${nodeId(1)} --plugin-name other`,
        "An error occurred (InvalidPluginName) when calling the GetCommandInvocation operation: Plugin other not found for invocation with command id FIRST and instance id i-00000000000000001",
      ],
      [
        "ssm list-commands --filters key=Stage,value=Success",
        "An error occurred (InvalidFilterKey) when calling the ListCommands operation:",
      ],
    ])("aws %s exits with 254", async (line, text) => {
      const { exitCode, stderr } = await aws.run(written(line));
      expect({ exitCode, stderr: stderr.trim() }).toEqual({ exitCode: 254, stderr: written(text) });
    });
  },
});
