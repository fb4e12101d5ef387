import { execFile } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { type FakeSsm, fails } from "ssm-run-command/fake";
import * as entry from "ssm-run-command/vitest";
import { test, testWithFake } from "ssm-run-command/vitest";
import { beforeEach, expect } from "vitest";

const Targets = tagTargets({ Role: "web" });
const deploy = async (fake: FakeSsm) =>
  (
    await new RunCommandClient(fake).send({ ...runShellScript("./deploy.sh"), Targets })
  ).waitForTerminal();

let offered: FakeSsm | undefined;
beforeEach<{ fake: FakeSsm }>(({ fake }) => {
  offered = fake;
});
/** Runs the tests of failing.ts, in a runner of their own. */
function failing(): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const args = ["../node_modules/vitest/vitest.mjs", "run", "--config=failing.config.js"];
  const { VITEST: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

test("gives a test a fake, and its hooks the same", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  fake.faults.slow("SendCommand", { times: 1, by: "1s" });
  expect(await deploy(fake)).toHaveSucceeded();
  expect(fake).toBe(offered);
});

test("gives the next test another", ({ fake, expect }) => {
  expect(fake).not.toHaveSentCommand();
  expect(fake.nodes.list()).toEqual([]);
});

test("fails tests whose trouble never struck, and prints the timelines of those that fail", async () => {
  const { stdout, stderr } = await failing();
  const printed = stripVTControlCharacters(stdout + stderr);
  expect(printed).toMatch(/Tests +3 failed/);
  expect(printed).toContain("Faults that were ordered never struck: throttle CancelCommand.");
  for (const name of ["fails by itself", "fails by its hook"]) {
    expect(printed.split(`The fake of the failed test "${name}": \n`)[1]).toMatch(
      /^\n00:00:00\.000 .*SendCommand AWS-RunShellScript/,
    );
  }
}, 60_000);

testWithFake({ latency: "instant", nodes: [{ tags: { Role: "web" }, behavior: fails() }] })(
  "makes its fakes with options",
  async ({ fake }) => {
    await fake.sendCommand({ ...runShellScript("./deploy.sh"), Targets });
    expect(fake).toHaveReached("Failed");
  },
);

test("exports what was reviewed", () => {
  expect(Object.keys(entry).sort()).toEqual(["test", "testWithFake"]);
});
