import { logStreamNames } from "ssm-run-command";
import { fails, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { describeOnBothRoads, type OpenAccount } from "../support/both-roads.ts";

/** The output of a process, both ways in which it is read. */
async function outputOf(open: OpenAccount, written: { stdout?: string; stderr?: string }) {
  const account = open({ nodes: [{ behavior: succeeds(written) }] });
  const sent = await account.send();
  const apart = await account.invocation(sent);
  const [invocation] = await account.invocations(sent, { Details: true });
  const merged = invocation!.CommandPlugins![0]!.Output!;
  return { merged, stdout: apart.StandardOutputContent, stderr: apart.StandardErrorContent };
}

/** How output is shown and where it lies [rec-2026-09-27-managed-execution], unless a test cites another source. */
describeOnBothRoads("recorded facts about output", (open) => {
  it("G15 Output of a plugin is stdout, a heading and stderr", async () => {
    const { merged } = await outputOf(open, {
      stdout: "native-stdout\n",
      stderr: "native-stderr\n",
    });
    expect(merged).toBe("native-stdout\n\n----------ERROR-------\nnative-stderr\n");
  });

  it("G15 Output is cut at 2,500 characters and says so, GetCommandInvocation shows it whole", async () => {
    const stdout = "0123456789\n".repeat(1_000);
    const seen = await outputOf(open, { stdout });
    expect([seen.merged.length, seen.merged.slice(-23), seen.stdout]).toEqual([
      2_500,
      "\n---Output truncated---",
      stdout,
    ]);
  });

  it("G15 only GetCommandInvocation tells the streams apart", async () => {
    const { stdout, stderr } = await outputOf(open, { stdout: "out\n", stderr: "err\n" });
    expect([stdout, stderr]).toEqual(["out\n", "err\n"]);
  });

  it("G17 the agent adds the exit status to stderr, without a newline", async () => {
    const account = open({
      nodes: [{ behavior: fails({ exitCode: 7, stderr: "failed-stderr\n" }) }],
    });
    const { StandardErrorContent } = await account.invocation(await account.send());
    expect(StandardErrorContent).toBe("failed-stderr\nfailed to run commands: exit status 7");
  });

  it("G20 log streams are named after the plugin, its colon a dash", async () => {
    const account = open({ nodes: [{ behavior: succeeds({ stdout: "out\n", stderr: "err\n" }) }] });
    const { CommandId } = await account.send({
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    });
    const place = `${CommandId}/${nodeId(1)}/aws-runShellScript`;
    const text = (stream: string) =>
      account.fake.logs.text("/aws/ssm/AWS-RunShellScript", `${place}/${stream}`);
    expect([text("stdout"), text("stderr")]).toEqual(["out", "err"]);
  });

  it("G20 logStreamNames finds the streams that the agent wrote", async () => {
    const account = open({ nodes: [{ behavior: succeeds({ stdout: "out\n", stderr: "err\n" }) }] });
    const sent = await account.send({ CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } });
    const place = { commandId: sent.CommandId!, instanceId: nodeId(1) };
    const names = logStreamNames({ ...place, pluginName: "aws:runShellScript" });
    const text = (stream: string) => account.fake.logs.text("/aws/ssm/AWS-RunShellScript", stream);
    expect([text(names.stdout), text(names.stderr)]).toEqual(["out", "err"]);
  });

  it("G20 S3 keys hold the plugin and its property without colons", async () => {
    const account = open({ nodes: [{ behavior: succeeds({ stdout: "out\n", stderr: "err\n" }) }] });
    const { CommandId } = await account.send({
      OutputS3BucketName: "output",
      OutputS3KeyPrefix: "run-command",
    });
    const folder = `run-command/${CommandId}/${nodeId(1)}/awsrunShellScript/0.awsrunShellScript`;
    expect(account.fake.objects.list("output")).toEqual([`${folder}/stderr`, `${folder}/stdout`]);
  });

  // [rec-2019-c7n-invocation]
  it("G23 a stderr of 16,312 characters comes back whole", async () => {
    const stderr = "x".repeat(16_312);
    expect((await outputOf(open, { stderr })).stderr).toBe(stderr);
  });
});
