import { hangs, inOrder, type PluginRun, reboots, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { content, scriptStep } from "../documents/a-document.ts";
import { parent, runsChild, scriptOf, step, steps } from "./child-documents.ts";
import { ended, ranSteps, sendDocument } from "./sent-document.ts";

// [agent-run-document]
describe("a child that is interrupted", () => {
  const documents = {
    Parent: parent(runsChild("Child"), scriptOf("last")),
    Child: steps("one", "two"),
  };

  it("runs again from its beginning after a reboot, and all output of both runs is kept", async () => {
    const scripts: string[] = [];
    const behavior = ({ script = "", attempt }: PluginRun) => {
      scripts.push(`${script.trim()} ${attempt}`);
      return script === "two\n" && attempt === 1
        ? reboots({ stdout: "two;", takes: "5m" })
        : succeeds({ stdout: `${script.trim()} again;` });
    };
    const ran = await ranSteps({ documents, node: { behavior } });
    expect(scripts).toEqual(["one 1", "two 1", "one 2", "two 2", "last 1"]);
    const first = "one again;two;";
    const second = "one again;one again;two;two again;";
    expect(ran).toMatchObject([
      { detail: "Success", exitCode: 0, output: first + second },
      { output: "last again;" },
    ]);
  });

  it("takes from the behavior what its rerun does", async () => {
    const then = succeeds({ stdout: "two then;" });
    const behavior = inOrder(
      succeeds({ stdout: "one;" }),
      reboots({ stdout: "two;", then }),
      succeeds({ stdout: "other;" }),
    );
    const [ran] = await ranSteps({ documents, node: { behavior } });
    expect(ran?.output).toBe("one;two;one;other;two;two then;");
  });

  it("reboots at each of its steps, whose reruns the behavior has named", async () => {
    const then = succeeds({ stdout: "up;" });
    const behavior = reboots({ stdout: "r;", then });
    const ran = await ranSteps({
      documents: { ...documents, Parent: parent(runsChild("Child")) },
      node: { behavior },
    });
    expect(ran).toMatchObject([{ detail: "Success", exitCode: 0 }]);
  });

  it("is given up with its command after fifteen runs", async () => {
    const asked = vi.fn(() => reboots());
    const sent = await sendDocument({ documents, node: { behavior: asked } });
    await sent.fake.clock.advance("2h");
    expect([asked.mock.calls.length, (await ended(sent)).StatusDetails]).toEqual([
      ...[15, "DeliveryTimedOut"],
    ]);
  });

  it("is not told of a cancel: it ends by itself, and nothing behind it starts", async () => {
    const ran = await ranSteps({
      documents,
      node: { behavior: ({ script = "" }) => succeeds({ stdout: script, after: "20s" }) },
      then: async (fake, CommandId) => {
        await fake.clock.advance("10s");
        await fake.cancelCommand({ CommandId });
      },
    });
    expect(ran).toEqual([
      step("Success", 0, "one\ntwo\n"),
      { name: "last", detail: "Cancelled", exitCode: 1, output: "" },
    ]);
  });

  it("is not run again when a cancel is pending at its reboot", async () => {
    const ran = await ranSteps({
      documents,
      node: { behavior: reboots({ stdout: "one;", after: "20s" }) },
      then: async (fake, CommandId) => {
        await fake.clock.advance("10s");
        await fake.cancelCommand({ CommandId });
      },
    });
    expect(ran).toEqual([
      step("Success", 0, "one;"),
      { name: "last", detail: "Cancelled", exitCode: 1, output: "" },
    ]);
  });

  it("is never heard of again where its node is not", async () => {
    const sent = await sendDocument({ documents, node: { behavior: { type: "neverReplies" } } });
    await sent.fake.clock.advance("1h");
    expect((await ended(sent)).StatusDetails).toBe("DeliveryTimedOut");
  });

  it("ends with a time-out where one of its steps does, after the steps behind it", async () => {
    const limited = scriptStep({ name: "one", inputs: { runCommand: ["x"], timeoutSeconds: 60 } });
    const behavior = inOrder(hangs({ stdout: "one " }), succeeds({ stdout: "two" }), succeeds());
    const [ran] = await ranSteps({
      documents: { ...documents, Child: content({ mainSteps: [limited, scriptOf("two")] }) },
      node: { behavior },
    });
    expect(ran).toEqual(step("ExecutionTimedOut", 1, "one two"));
  });
});
