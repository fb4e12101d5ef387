import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const FLEET = `nodes:
  - instanceId: i-00000000000000001
    tags: { Role: web }
    behavior: { type: exits, after: 2s, stdout: "hello\\n" }
  - instanceId: i-00000000000000007
    behavior: { type: exits, exitCode: 7, stderr: "boom\\n", after: 1s }
`;

describeClient("awsCli", {
  about: "a script against `ssm-run-command serve --fleet FILE --time-scale 60`",
  checks: () => {
    let server: ChildProcessByStdio<null, Readable, null>;
    let url = "";
    const aws = new AwsCli(() => url);
    const send = async (aim: string) =>
      (
        await aws.run(
          `ssm send-command --document-name AWS-RunShellScript --parameters commands=hostname ${aim} --query Command.CommandId --output text`,
        )
      ).stdout.trim();

    beforeAll(async () => {
      const fleet = join(aws.home, "fleet.yaml");
      writeFileSync(fleet, FLEET);
      const options = ["--fleet", fleet, "--port", "0", "--time-scale", "60"];
      server = spawn(process.execPath, ["--import", "tsx", MAIN, "serve", ...options], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [line] = await once(server.stdout.setEncoding("utf8"), "data");
      url = String(line).trim().split(" ").at(-1) ?? "";
    });
    afterAll(async () => {
      server.kill("SIGTERM");
      if (server.exitCode === null) await once(server, "exit");
    });

    it("sends by tag, waits and reads the output", async () => {
      const commandId = await send("--targets Key=tag:Role,Values=web");
      const at = `--command-id ${commandId} --instance-id i-00000000000000001`;
      // With the latency of the recordings, a target is found in two minutes at most: two seconds here.
      const waited = await aws.run(`ssm wait command-executed ${at}`);
      const { stdout } = await aws.run(
        `ssm get-command-invocation ${at} --query [Status,StandardOutputContent] --output text`,
      );
      expect({ ...waited, stdout }).toEqual({
        exitCode: 0,
        stderr: "",
        stdout: "Success\thello\n\n",
      });
    });

    it("waits for a command that fails, and exits with 255", async () => {
      const commandId = await send("--instance-ids i-00000000000000007");
      const { exitCode } = await aws.run(
        `ssm wait command-executed --command-id ${commandId} --instance-id i-00000000000000007`,
      );
      expect(exitCode).toBe(255);
    });

    it("shows a page after the other with --starting-token", async () => {
      const line = "ssm list-commands --max-items 1";
      const first = await aws.json(line);
      const { NextToken, Commands } = first as {
        readonly NextToken: string;
        readonly Commands: readonly { readonly InstanceIds: readonly string[] }[];
      };
      const second = await aws.json(`${line} --starting-token ${NextToken}`);
      expect([Commands, second]).toMatchObject([
        [{ InstanceIds: ["i-00000000000000007"] }],
        { Commands: [{ Targets: [{ Key: "tag:Role", Values: ["web"] }] }] },
      ]);
    });
  },
});
