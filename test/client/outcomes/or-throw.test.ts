import {
  CommandFailedError,
  type CommandOutcome,
  orThrow,
  RunCommandClient,
  RunCommandError,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aCommand, anInvocation, COMMAND_ID } from "../../support/scripted-api.ts";

const TARGETS = tagTargets({ Role: "web" });

async function outcomeOn(nodes: readonly NodeOptions[]): Promise<CommandOutcome> {
  const fake = new FakeSsm();
  for (const node of nodes) fake.nodes.add({ tags: { Role: "web" }, ...node });
  const request = {
    ...runShellScript("./deploy.sh"),
    Targets: TARGETS,
    MaxErrors: "100%" as const,
  };
  return (await new RunCommandClient(fake).send(request)).waitForTerminal();
}

function thrownFor(
  outcome: CommandOutcome,
  options?: Parameters<typeof orThrow>[1],
): CommandFailedError {
  try {
    orThrow(outcome, options);
  } catch (error) {
    if (error instanceof CommandFailedError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

const failing = {
  instanceId: "i-00000002",
  behavior: fails({ exitCode: 7, stderr: "disk full\n" }),
};

describe("orThrow", () => {
  it("returns the outcome of a success", async () => {
    const outcome = await outcomeOn([{ behavior: succeeds() }]);
    expect(orThrow(outcome)).toBe(outcome);
  });

  it("throws an error with node, plugin, exit code and the end of standard error", async () => {
    const outcome = await outcomeOn([failing]);
    const error = thrownFor(outcome);
    expect(error).toMatchObject({
      name: "CommandFailedError",
      kind: "failed",
      commandId: outcome.command.CommandId,
      instanceId: "i-00000002",
      pluginName: "aws:runShellScript",
      exitCode: 7,
      stderr: "disk full\nfailed to run commands: exit status 7",
    });
    expect(error).toBeInstanceOf(RunCommandError);
  });

  it("says all of that in its message", async () => {
    const outcome = await outcomeOn([failing]);
    expect(thrownFor(outcome).message).toBe(
      [
        `Command ${outcome.command.CommandId} ended as Failed: 1 of 1 nodes did not succeed.`,
        "  failed (aws:runShellScript, exit code 7) on i-00000002:",
        "    disk full",
        "explain(outcome) tells the rest.",
      ].join("\n"),
    );
  });

  it("counts first, and names three causes, and three nodes of each", async () => {
    const behaviorsOf = [
      ...Array.from({ length: 4 }, () => fails({ exitCode: 7, stderr: "disk full\n" })),
      ...Array.from({ length: 2 }, () => fails({ exitCode: 2, stderr: "no such app\n" })),
      fails({ exitCode: 3, stderr: "no network\n" }),
      fails({ exitCode: 4, stdout: "only this\n" }),
      succeeds(),
    ];
    const outcome = await outcomeOn(
      behaviorsOf.map((behavior, index) => ({ instanceId: `i-0000000${index}`, behavior })),
    );
    const { message } = thrownFor(outcome);
    expect(message.split("\n").filter((line) => !/^ {4}/.test(line))).toEqual([
      `Command ${outcome.command.CommandId} ended as Incomplete: 8 of 9 nodes did not succeed.`,
      "  failed (aws:runShellScript, exit code 7) on i-00000000, i-00000001, i-00000002 and 1 more:",
      "  failed (aws:runShellScript, exit code 2) on i-00000004, i-00000005:",
      "  failed (aws:runShellScript, exit code 3) on i-00000006:",
      "explain(outcome) tells the rest.",
    ]);
  });

  it("names a node that failed by itself before one that was not reached", async () => {
    const outcome = await outcomeOn([
      failing,
      { instanceId: "i-00000001", agent: "undeliverable" },
    ]);
    expect(thrownFor(outcome).instanceId).toBe("i-00000002");
  });

  it("names the first node when none failed by itself", async () => {
    const outcome = await outcomeOn([{ instanceId: "i-00000001", agent: "unreachable" }]);
    expect(thrownFor(outcome).message).toMatch(
      /ended as DeliveryTimedOut: 1 of 1 nodes did not succeed\.\n {2}deliveryTimedOut on i-00000001\nexplain/,
    );
  });

  it("points to the invocations when the outcome holds none", () => {
    const command = aCommand({ Status: "Failed" });
    expect(thrownFor({ kind: "failed", command, invocations: [] }).message).toBe(
      `Command ${COMMAND_ID} ended as Failed.\nexplain(outcome) tells the rest.`,
    );
  });

  it("says loudly that no node was targeted, which AWS calls a success", async () => {
    const outcome = await outcomeOn([]);
    const error = thrownFor(outcome);
    expect(error.kind).toBe("noTargets");
    expect(error.message).toBe(
      `Command ${outcome.command.CommandId} ran nowhere: no node matches its targets [{"Key":"tag:Role","Values":["web"]}].\nexplain(outcome) tells the rest.`,
    );
  });
});

describe("what the error shows of the output", () => {
  /** A failure whose standard error is this. */
  const failedWith = (stderr: string): CommandOutcome => {
    const plugin = { name: "step", status: "Failed", statusDetails: "Failed", truncated: false };
    const invocation = anInvocation("i-1", { Status: "Failed" });
    return {
      kind: "failed",
      command: aCommand({ Status: "Failed" }),
      invocations: [
        {
          kind: "failed",
          instanceId: "i-1",
          exitCode: 1,
          plugins: [{ ...plugin, stderr }],
          invocation,
        },
      ],
    };
  };
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);

  it("is its last 20 lines", () => {
    expect(thrownFor(failedWith(lines.join("\n"))).stderr).toBe(lines.slice(10).join("\n"));
  });

  it("is as many lines as were asked for", () => {
    expect(thrownFor(failedWith(lines.join("\n")), { lines: 2 }).stderr).toBe("line 29\nline 30");
  });

  it("is nothing for no lines", () => {
    expect(thrownFor(failedWith("secret"), { lines: 0 }).message).not.toContain("secret");
  });

  it("is at most 2,000 characters", () => {
    expect(thrownFor(failedWith("x".repeat(9_000))).stderr).toHaveLength(2_000);
  });

  it("is redacted before it is cut, everywhere", () => {
    const secret = "s3cr3t";
    const outcome = failedWith(`token ${secret}${"x".repeat(1_997)}`);
    const error = thrownFor(outcome, { redact: (text) => text.replaceAll(/s3cr3tx*/g, "***") });
    expect(error.stderr).toBe("token ***");
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain("cr3t");
  });

  it("is both streams in one where they were not read apart", async () => {
    const { invocations, ...outcome } = await outcomeOn([failing]);
    const [failed] = invocations;
    const merged = failed!.plugins.map(({ stdout, stderr, ...plugin }) => plugin);
    const error = thrownFor({
      ...outcome,
      invocations: [{ ...failed!, plugins: merged }],
    } as CommandOutcome);
    expect(error.stderr).toBe(
      "\n----------ERROR-------\ndisk full\nfailed to run commands: exit status 7",
    );
  });
});
