import { describe, expect, it } from "vitest";
import { content, modelOf, scriptStep } from "./a-document.ts";

const oldContent = (plugin: object) => ({
  schemaVersion: "1.2",
  description: "An old one.",
  runtimeConfig: { "aws:runShellScript": plugin },
});

describe("schema 1.2", () => {
  it("is one step for each plugin, named after its action", () => {
    const properties = { runCommand: ["true"] };
    const { steps } = modelOf({
      schemaVersion: "1.2",
      runtimeConfig: { "aws:runShellScript": { properties }, "aws:updateSsmAgent": { properties } },
    });
    expect(steps.map(({ name, action }) => [name, action])).toEqual([
      ["aws:runShellScript", "aws:runShellScript"],
      ["aws:updateSsmAgent", "aws:updateSsmAgent"],
    ]);
  });

  it.each([
    ["an object", { runCommand: ["true"] }],
    ["a list", [{ runCommand: ["one"] }, { runCommand: ["two"] }]],
    ["a placeholder", "{{ commands }}"],
  ])("keeps properties as they are written: %s", (_, properties) => {
    const given = { ...oldContent({ properties }), parameters: { commands: { type: "String" } } };
    expect(modelOf(given).steps[0]!.properties).toEqual(properties);
  });

  it("has no preconditions", () => {
    const precondition = { StringEquals: ["platformType", "Windows"] };
    const { steps } = modelOf(oldContent({ properties: { runCommand: ["true"] }, precondition }));
    expect(steps[0]!.preconditions).toEqual([]);
  });

  it("puts output below the id of its property", () => {
    const properties = [{ id: "0.aws:runShellScript", runCommand: ["true"] }];
    expect(modelOf(oldContent({ properties })).steps[0]!.outputFolder).toBe(
      "awsrunShellScript/0.awsrunShellScript",
    );
  });

  it("has an id of its own for properties without one", () => {
    const properties = { runCommand: ["true"] };
    expect(modelOf(oldContent({ properties })).steps[0]!.outputFolder).toBe(
      "awsrunShellScript/0.awsrunShellScript",
    );
  });
});

describe.each(["2.0", "2.2"] as const)("schema %s", (schemaVersion) => {
  const stepOf = (more: object) =>
    modelOf(content({ schemaVersion, mainSteps: [scriptStep(more)] })).steps[0]!;

  it("is its steps, in order, named as they are", () => {
    const mainSteps = ["b", "a", "c"].map((name) => scriptStep({ name }));
    const { steps } = modelOf(content({ schemaVersion, mainSteps }));
    expect(steps.map(({ name }) => name)).toEqual(["b", "a", "c"]);
  });

  it("keeps the step's inputs as they are written", () => {
    expect(stepOf({}).properties).toEqual({ runCommand: ["true"] });
  });

  it("takes a step without inputs", () => {
    const step = { name: "refresh", action: "aws:refreshAssociation" };
    expect(modelOf(content({ schemaVersion, mainSteps: [step] })).steps).toMatchObject([step]);
  });

  it("puts output below the action and the step's name", () => {
    expect(stepOf({ name: "my:step" }).outputFolder).toBe("awsrunShellScript/mystep");
  });

  it.each([{ onFailure: "Abort" }, { onSuccess: "explode" }, { isEnd: true }, { maxAttempts: 3 }])(
    "takes members of steps that the agent ignores: %j",
    (member) => {
      expect(stepOf(member)).toEqual(stepOf({}));
    },
  );
});

describe("preconditions", () => {
  const stepOf = (step: object) => modelOf(content({ mainSteps: [scriptStep(step)] })).steps[0]!;

  it("are read in schema 2.2", () => {
    const precondition = { StringEquals: ["platformType", "Linux"] };
    expect(stepOf({ precondition }).preconditions).toEqual([
      { operator: "StringEquals", operands: ["platformType", "Linux"] },
    ]);
  });

  it("are kept if no agent understands them, which is for the agent to say", () => {
    const precondition = { NumberEquals: [1, 1] };
    expect(stepOf({ precondition }).preconditions).toEqual([
      { operator: "NumberEquals", operands: ["1", "1"] },
    ]);
  });
});

describe("parameters", () => {
  const parameterOf = (given: object) => modelOf(content({ parameters: { p: given } })).parameters;

  it("are none where none are declared", () => {
    expect(modelOf(content()).parameters).toEqual({});
  });

  it("have all that is declared of them, apart from words for people", () => {
    const declared = {
      type: "StringList",
      default: ["a"],
      allowedValues: ["a", "b"],
      allowedPattern: "[ab]",
      minItems: 1,
      maxItems: 2,
      minChars: 1,
      maxChars: 1,
    };
    const words = { description: "Some letters.", displayType: "textarea" };
    expect(parameterOf({ ...declared, ...words })).toEqual({ p: declared });
  });

  it("may have limits that are written as strings", () => {
    expect(parameterOf({ type: "String", minChars: "3" })).toEqual({
      p: { type: "String", minChars: 3 },
    });
  });

  it("may have a default that refers to Parameter Store, whatever the pattern", () => {
    const declared = { type: "String", default: "{{ ssm:x }}", allowedPattern: "[0-9]+" };
    expect(parameterOf(declared)).toEqual({ p: declared });
  });

  // [rec-2026-10-01-schemas]
  it("have no default where it is null", () => {
    expect(parameterOf({ type: "String", default: null })).toEqual({ p: { type: "String" } });
  });
});

describe("the platforms of a document", () => {
  const platformsOf = (...actions: readonly string[]) =>
    modelOf(
      content({ mainSteps: actions.map((action, n) => scriptStep({ name: `s${n}`, action })) }),
    ).platforms;

  it.each([
    [["aws:runShellScript"], ["Linux", "MacOS"]],
    [["aws:psModule"], ["Windows"]],
    // CreateDocument in a public log of 2024-06-13.
    [["aws:runPowerShellScript"], ["Windows", "Linux", "MacOS"]],
    [["aws:configurePackage"], ["Windows", "Linux", "MacOS"]],
    [["aws:runDockerAction"], ["Windows", "Linux"]],
    [
      ["aws:runShellScript", "aws:psModule"],
      ["Windows", "Linux", "MacOS"],
    ],
  ])("are those of its plugins, in AWS's order: %j", (actions, platforms) => {
    expect(platformsOf(...actions)).toEqual(platforms);
  });
});
