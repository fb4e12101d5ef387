import { expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

const WAITS = "Waiter CommandExecuted failed: Waiter encountered a terminal failure state:";

// The waiter looks at once, and then every five seconds: twenty times [api-ssm-waiters].
describeClient("awsCli", {
  about: "wait command-executed",
  checks: () => {
    const account = new ServedAccount({
      nodes: [
        {},
        { behavior: { type: "exits", exitCode: 7, stderr: "boom\n" } },
        { agent: "undeliverable" },
        { behavior: { type: "hangs" } },
        { behavior: { type: "exits", after: "1500ms" } },
      ],
      callTakes: "1s",
    });
    const aws = new AwsCli(() => account.url);
    const waitFor = async (number: number) => {
      const instanceId = nodeId(number);
      const commandId = await account.send({ InstanceIds: [instanceId] });
      // For the script that hangs, its hour passes first.
      if (number === 4) await account.fake.clock.advance("2h");
      return aws.run(
        `ssm wait command-executed --command-id ${commandId} --instance-id ${instanceId}`,
      );
    };

    it("aws ssm wait command-executed is silent and exits with 0 after a success", async () => {
      expect(await waitFor(1)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    });

    it("aws ssm wait command-executed looks again after five seconds while the command runs", async () => {
      expect(await waitFor(5)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    });

    it.each([
      [2, "Failed", "a failure"],
      [3, "Failed", "a node that does not take the command"],
      [4, "TimedOut", "a script that outlived its time"],
    ])(
      "aws ssm wait command-executed of node %i exits with 255 and names %s, after %s",
      async (number, status) => {
        const { exitCode, stderr } = await waitFor(number);
        expect({ exitCode, stderr: stderr.trim() }).toEqual({
          exitCode: 255,
          stderr: `${WAITS} For expression "Status" we matched expected path: "${status}"`,
        });
      },
    );

    it("aws ssm wait command-executed of an id that is none exits with 255 and gives the error's name", async () => {
      const { exitCode, stderr } = await aws.run(
        `ssm wait command-executed --command-id 7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11 --instance-id x-${nodeId(1).slice(2)}`,
      );
      expect({ exitCode, stderr: stderr.trim() }).toEqual({
        exitCode: 255,
        stderr: expect.stringContaining(
          "Waiter CommandExecuted failed: An error occurred (ValidationException): ",
        ),
      });
    });
  },
});
