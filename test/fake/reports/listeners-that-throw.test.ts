import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { expect, it, onTestFinished } from "vitest";

/** Collects unhandled rejections instead of the runner, until the test is over. */
function unhandled(): readonly unknown[] {
  const others = process.listeners("unhandledRejection");
  const reasons: unknown[] = [];
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => reasons.push(reason));
  onTestFinished(() => {
    process.removeAllListeners("unhandledRejection");
    for (const each of others) process.on("unhandledRejection", each);
  });
  return reasons;
}

it.each([
  [
    "throws",
    () => {
      throw new Error("the handler is broken");
    },
  ],
  ["rejects", () => Promise.reject(new Error("the handler is broken"))],
])(
  "a listener that %s is an unhandled rejection, and the others and the command go on",
  async (_, listener) => {
    const reasons = unhandled();
    const fake = new FakeSsm({ nodes: [{ behavior: succeeds({ after: "10s" }) }] });
    const heard: string[] = [];
    fake.notifications.on(listener);
    fake.notifications.on(({ kind }) => heard.push(kind));
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript("true"),
      InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    });
    expect((await sent.waitForTerminal()).kind).toBe("succeeded");
    await new Promise((resolve) => setImmediate(resolve));
    expect([heard.length, reasons.map(String)]).toEqual([
      4,
      Array.from({ length: 4 }, () => "Error: the handler is broken"),
    ]);
  },
);
