// Tests that fail, each as it is meant to: fixture.spec.ts runs them.
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import type { FakeSsm } from "ssm-run-command/fake";
import { test } from "ssm-run-command/vitest";
import { afterEach, describe, expect } from "vitest";

const deploy = async (fake: FakeSsm) => {
  const request = { ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) };
  return (await new RunCommandClient(fake).send(request)).waitForTerminal();
};

test("has trouble that never struck", async ({ fake }) => {
  fake.faults.throttle("CancelCommand", { times: 1 });
  await deploy(fake);
});

test("fails by itself", async ({ fake }) => {
  expect((await deploy(fake)).kind).toBe("succeeded");
});

describe("with a hook that throws", () => {
  afterEach(() => {
    throw new Error("a hook");
  });
  test("fails by its hook", async ({ fake }) => {
    await deploy(fake);
  });
});
