import { byDocument, fails, type PluginRun, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { content, scriptStep } from "../documents/a-document.ts";
import { ERRORS, echoes, parent, runsChild, scriptOf, step, steps } from "./child-documents.ts";
import { ended, ranSteps, sendDocument } from "./sent-document.ts";

// [agent-run-document]
describe("aws:runDocument", () => {
  it("is one plugin, with the outputs of the child's steps one after the other", async () => {
    const documents = { Parent: parent(runsChild("Child")), Child: steps("one", "two") };
    expect(await ranSteps({ documents, node: echoes })).toEqual([step("Success", 0, "one\ntwo\n")]);
  });

  it("goes on with the next step of its own document", async () => {
    const documents = {
      Parent: parent(runsChild("Child"), scriptOf("last")),
      Child: steps("one"),
    };
    const ran = await ranSteps({ documents, node: echoes });
    expect(ran.map(({ output }) => output)).toEqual(["one\n", "last\n"]);
  });

  it("asks the behavior once for each step of the child", async () => {
    const asked: (string | undefined)[] = [];
    const behavior = ({ script }: PluginRun) => {
      asked.push(script);
      return succeeds();
    };
    const documents = { Parent: parent(runsChild("Child")), Child: steps("one", "two") };
    await ranSteps({ documents, node: { behavior } });
    expect(asked).toEqual(["one\n", "two\n"]);
  });

  it("is another document for byDocument", async () => {
    const documents = { Parent: parent(runsChild("Child"), scriptOf("last")), Child: steps("one") };
    const behavior = byDocument({ Child: fails() }, succeeds());
    const ran = await ranSteps({ documents, node: { behavior } });
    expect(ran.map(({ detail }) => detail)).toEqual(["Failed", "Success"]);
  });

  it("takes as long as the child", async () => {
    const documents = { Parent: parent(runsChild("Child")), Child: steps("one", "two") };
    const sent = await sendDocument({ documents, node: { behavior: succeeds({ after: "20s" }) } });
    const [plugin] = (await ended(sent)).CommandPlugins!;
    const took = +plugin!.ResponseFinishDateTime! - +plugin!.ResponseStartDateTime!;
    expect(took).toBe(40_000);
  });

  it("fails with code 1, whatever the code of the child's step", async () => {
    const documents = { Parent: parent(runsChild("Child")), Child: steps("one") };
    const behavior = fails({ exitCode: 7, stderr: "bad\n" });
    const stderr = "bad\nfailed to run commands: exit status 7";
    expect(await ranSteps({ documents, node: { behavior } })).toEqual([
      step("Failed", 1, ERRORS + stderr),
    ]);
  });

  it("shows nothing of a step of the child that was skipped", async () => {
    const elsewhere = { precondition: { StringEquals: ["platformType", "Windows"] } };
    const mainSteps = [scriptStep({ name: "skipped", ...elsewhere }), scriptOf("fine")];
    const documents = { Parent: parent(runsChild("Child")), Child: content({ mainSteps }) };
    expect(await ranSteps({ documents, node: echoes })).toEqual([step("Success", 0, "fine\n")]);
  });

  it("shows among the errors why the agent refused a step of the child", async () => {
    const refused = { name: "old", action: "aws:psModule", inputs: { runCommand: ["x"] } };
    const Child = { schemaVersion: "2.0", mainSteps: [refused, scriptOf("fine")] };
    const documents = { Parent: parent(runsChild("Child")), Child };
    expect(await ranSteps({ documents, node: echoes })).toEqual([
      step("Failed", 1, `fine\n${ERRORS}Plugin with name aws:psModule not found. Step name: old`),
    ]);
  });

  it("runs a document of AWS that the fake has", async () => {
    const inputs = { documentParameters: { commands: ["echo hi"] } };
    const documents = { Parent: parent(runsChild("AWS-RunShellScript", inputs)) };
    expect(await ranSteps({ documents, node: echoes })).toEqual([step("Success", 0, "echo hi\n")]);
  });

  it.each([
    ["a version", "Child:1", "one\n"],
    ["another version", "Child:2", "two\n"],
    ["the latest version", "Child:$LATEST", "two\n"],
    ["the default version", "Child", "one\n"],
    ["an ARN", "arn:aws:ssm:us-east-1:123456789012:document/Child", "one\n"],
    ["an ARN with a version", "arn:aws:ssm:us-east-1:123456789012:document/Child:2", "two\n"],
  ])("finds the child by %s", async (_, path, output) => {
    const sent = await sendDocument({ documents: { Child: steps("one") }, node: echoes });
    await sent.fake.documents.add("Child", steps("two"));
    await sent.fake.documents.add("Parent", parent(runsChild(path)));
    const { Command } = await sent.fake.sendCommand({
      DocumentName: "Parent",
      InstanceIds: [sent.instanceId],
    });
    const { CommandPlugins } = await ended({ ...sent, commandId: Command!.CommandId! });
    expect(CommandPlugins![0]!.Output).toBe(output);
  });
});

describe("the parameters of a child", () => {
  const Child = content({
    parameters: { name: { type: "String", default: "nobody", allowedPattern: "^[a-z]+$" } },
    mainSteps: [scriptStep({ inputs: { runCommand: ["{{ name }}"] } })],
  });
  const outputFor = async (inputs: object) => {
    const [ran] = await ranSteps({
      documents: { Parent: parent(runsChild("Child", inputs)), Child },
      node: echoes,
    });
    return ran?.output;
  };

  it.each([
    ["their defaults", {}, "nobody\n"],
    ["an object", { documentParameters: { name: "web" } }, "web\n"],
    ["text in JSON", { documentParameters: '{"name":"web"}' }, "web\n"],
    ["text in YAML", { documentParameters: "name: web" }, "web\n"],
    ["null, which is nothing", { documentParameters: null }, "nobody\n"],
    ["empty text", { documentParameters: "" }, "nobody\n"],
    ["text that says null", { documentParameters: "null" }, "nobody\n"],
  ])("are %s", async (_, inputs, output) => {
    expect(await outputFor(inputs)).toBe(output);
  });

  it("have to fit its patterns", async () => {
    expect(await outputFor({ documentParameters: { name: "Web" } })).toBe(
      `${ERRORS}There was an error while preparing documents - all errors during param validation errors: error thrown in 'AllowedRegexParamValidator' while validating parameter /name/: parameter value /Web/ does not match the allowed pattern /^[a-z]+$/`,
    );
  });

  it("are no list", async () => {
    expect(await outputFor({ documentParameters: ["web"] })).toBe(
      `${ERRORS}There was an error while preparing documents - parameter type specified to run document is unknown`,
    );
  });
});

describe("a child whose steps are all skipped", () => {
  const elsewhere = { precondition: { StringEquals: ["platformType", "Windows"] } };
  const Child = content({ mainSteps: [scriptStep({ name: "skipped", ...elsewhere })] });

  it("is a success, but none that onSuccess counts", async () => {
    const Parent = parent(runsChild("Child", { onSuccess: "exit" }), scriptOf("last"));
    const ran = await ranSteps({ documents: { Parent, Child }, node: echoes });
    expect(ran.map(({ detail, output }) => [detail, output])).toEqual([
      ["Success", ""],
      ["Success", "last\n"],
    ]);
  });
});

describe("a child of a child whose steps are all skipped", () => {
  const elsewhere = { precondition: { StringEquals: ["platformType", "Windows"] } };
  const documents = {
    Parent: parent(runsChild("Child", { onSuccess: "exit" }), scriptOf("last")),
    Child: parent(runsChild("Grandchild")),
    Grandchild: content({ mainSteps: [scriptStep({ name: "skipped", ...elsewhere })] }),
  };

  it("is none that onSuccess counts, either", async () => {
    const ran = await ranSteps({ documents, node: echoes });
    expect(ran.map(({ output }) => output)).toEqual(["", "last\n"]);
  });

  it("has the status that the settings give to skipped steps", async () => {
    const ran = await ranSteps({ documents, settings: { skippedStatus: "Cancelled" } });
    expect(ran.map(({ detail, exitCode }) => [detail, exitCode])).toEqual([
      ["Cancelled", 0],
      ["Success", 0],
    ]);
  });
});

describe("a child that writes a lot", () => {
  it("is cut as the agent cuts each of its steps", async () => {
    const sent = await sendDocument({
      documents: { Parent: parent(runsChild("Child")), Child: steps("one", "two") },
      node: { behavior: succeeds({ stdout: "x".repeat(30_000) }) },
    });
    await ended(sent);
    const at = { CommandId: sent.commandId, InstanceId: sent.instanceId };
    const { StandardOutputContent = "" } = await sent.fake.getCommandInvocation(at);
    expect(StandardOutputContent).toBe(`${"x".repeat(23_980)}--output truncated--`);
  });
});

describe("a child that does not run", () => {
  const MISSING = "There was an error while preparing documents - open : no such file or directory";
  const errorOf = async (path: string, inputs: object = {}) => {
    const documents = { Parent: parent(runsChild(path, inputs)), Child: steps("one") };
    const [ran] = await ranSteps({ documents });
    expect(ran).toMatchObject({ detail: "Failed", exitCode: 1 });
    return ran?.output?.slice(ERRORS.length);
  };

  it("is one whose name is near that of one of AWS's, and the console names that", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(await errorOf("AWS-RunShelScript")).toBe(
      `InvalidDocument: Document with name AWS-RunShelScript does not exist.${MISSING}`,
    );
    expect(warn.mock.calls).toEqual([
      ["FakeSsm has no document AWS-RunShelScript. The nearest is AWS-RunShellScript."],
    ]);
  });

  it("is one of a version that does not exist", async () => {
    expect(await errorOf("Child:7")).toBe(
      `InvalidDocumentVersion: Document version: 7 is invalid, latest version is 1${MISSING}`,
    );
  });

  it.each([
    [
      "broken text",
      "{ name: [web",
      /JSON format error - .+, YAML format error - .+ at line 1, column \d+\.$/,
    ],
    ["text that is no object", "just words", /YAML format error - it holds no object\.$/],
  ])("is one whose parameters are %s", async (_, documentParameters, said) => {
    const error = await errorOf("Child", { documentParameters });
    expect(error).toMatch(
      /^There was an error while preparing documents - Unmarshalling document parameters failed\./,
    );
    expect(error).toMatch(said);
  });

  it("is one that nobody has", async () => {
    const [ran] = await ranSteps({ documents: { Parent: parent(runsChild("Nobodys")) } });
    expect(ran).toEqual(
      step(
        "Failed",
        1,
        `${ERRORS}InvalidDocument: Document with name Nobodys does not exist.${MISSING}`,
      ),
    );
  });

  it("is one that would be the fourth within another", async () => {
    const [ran] = await ranSteps({ documents: { Parent: parent(runsChild("Parent")) } });
    expect(ran).toEqual(
      step(
        "Failed",
        1,
        `${ERRORS}Maximum depth for document execution exceeded. Maximum depth permitted - 3 and current depth - 4`,
      ),
    );
  });

  it("is left to the behavior where AWS may have it, and the console says once how to add it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const path = "AWS-ApplyAnsiblePlaybooks";
    const documents = { Parent: parent(runsChild(path), { ...runsChild(path), name: "again" }) };
    const behavior = succeeds({ stdout: "as the behavior says" });
    const ran = await ranSteps({ documents, node: { behavior } });
    expect(ran.map(({ output }) => output)).toEqual(Array(2).fill("as the behavior says"));
    expect(warn.mock.calls).toEqual([
      [
        `FakeSsm has no document ${path} of AWS. Add its content, as GetDocument of AWS returns it: await fake.documents.add("${path}", content). Until then, the step does what the node's behavior says.`,
      ],
    ]);
  });

  it("is left to the behavior where it is a file on the node", async () => {
    const inputs = { documentType: "LocalPath", documentPath: "child.json" };
    const documents = { Parent: parent(runsChild("Child", inputs)), Child: steps("one") };
    const behavior = succeeds({ stdout: "as the behavior says" });
    expect(await ranSteps({ documents, node: { behavior } })).toEqual([
      step("Success", 0, "as the behavior says"),
    ]);
  });
});
