import { describe, expect, it } from "vitest";
import type { DocumentModel } from "../../../src/fake/documents/document-model.ts";
import { parameterValues } from "../../../src/fake/documents/parameters.ts";
import { compileGoPattern } from "../../../src/fake/documents/patterns/re2.ts";
import {
  countedTimeouts,
  type ResolvedStep,
  resolveDocument,
} from "../../../src/fake/documents/resolve-steps.ts";
import { expiresAfter } from "../../../src/fake/engine/expiry.ts";
import { DEFAULT_SETTINGS } from "../../../src/fake/engine/settings.ts";
import { content, modelOf, scriptStep } from "./a-document.ts";

type Supplied = Readonly<Record<string, readonly string[]>>;

/** The processes of a document of one step, as the agent starts them. */
function processesOf(given: object, supplied: Supplied = {}) {
  const document = modelOf(given);
  return resolved(document, supplied).steps[0]!.processes;
}

/** A document as the agent runs it. */
function resolved(document: DocumentModel, supplied: Supplied = {}) {
  const values = parameterValues(document, supplied);
  return resolveDocument(document, values, {
    lookup: (name) => (name === "/app/version" ? { type: "String", value: "1.4.2" } : undefined),
    documentNamed: () => ({ error: "missing" }),
    readYaml: () => ({ problem: "not read" }),
    compile: compileGoPattern,
  });
}

/** A document of one step with these inputs and parameters. */
const withInputs = (inputs: object, parameters: object = {}) =>
  content({ parameters, mainSteps: [scriptStep({ inputs })] });

describe("the script of a step", () => {
  const scriptOf = (runCommand: unknown, parameters: object = {}, supplied: Supplied = {}) =>
    processesOf(withInputs({ runCommand }, parameters), supplied)[0]!.script;
  const commands = { commands: { type: "StringList" } };

  it("is the lines joined by newlines, and ended by one", () => {
    expect(scriptOf(["one", "two"])).toBe("one\ntwo\n");
  });

  it("is a StringList that stands for it", () => {
    expect(scriptOf("{{ commands }}", commands, { commands: ["a", "b"] })).toBe("a\nb\n");
  });

  it("is an empty line where there is no runCommand", () => {
    expect(processesOf(withInputs({ commands: ["ls"] }))[0]!.script).toBe("\n");
  });

  it("has an empty line for a null", () => {
    expect(scriptOf([null, "one"])).toBe("\none\n");
  });

  it("is read from runCommand in any case", () => {
    expect(processesOf(withInputs({ RUNCOMMAND: ["one"] }))[0]!.script).toBe("one\n");
  });

  it("has the values of parameters", () => {
    const parameters = { name: { type: "String", default: "web" } };
    expect(scriptOf(["echo {{ name }}"], parameters)).toBe("echo web\n");
  });

  it("has the values of Parameter Store", () => {
    expect(scriptOf(["echo {{ ssm:/app/version }}"])).toBe("echo 1.4.2\n");
  });

  it("has the values of Parameter Store to which the request refers", () => {
    const supplied = { commands: ["echo {{ ssm:/app/version }}"] };
    expect(scriptOf("{{ commands }}", commands, supplied)).toBe("echo 1.4.2\n");
  });

  it("does not exist for a plugin without one", () => {
    const step = { name: "install", action: "aws:configurePackage", inputs: { name: "x" } };
    expect(processesOf(content({ mainSteps: [step] }))[0]!.script).toBeUndefined();
  });

  it("is made of all strings of a psModule, however deep", () => {
    const inputs = { runCommand: ["one", ["two", ["three"]]] };
    const step = { name: "old", action: "aws:psModule", inputs };
    expect(processesOf(content({ mainSteps: [step] }))[0]!.script).toBe("one\ntwo\nthree\n");
  });
});

describe("the time-out that the agent enforces", () => {
  const enforced = (timeoutSeconds: unknown, supplied: Supplied = {}) =>
    processesOf(
      withInputs(
        { runCommand: ["true"], timeoutSeconds },
        { limit: { type: "String", default: "60" } },
      ),
      supplied,
    )[0]!.timeoutMs;

  it.each([
    ["a string", "90", 90_000],
    ["a number", 90, 90_000],
    ["5 s, the least", "5", 5_000],
    ["172,800 s, the most", "172800", 172_800_000],
    ["3600 s for less than 5", "4", 3_600_000],
    ["3600 s for more than 172,800", "172801", 3_600_000],
    ["3600 s for what is not a number", "soon", 3_600_000],
    ["3600 s for a list", ["90"], 3_600_000],
    ["whole seconds", "7.9", 7_000],
    ["the document's default", "{{ limit }}", 60_000],
  ])("is %s", (_, timeoutSeconds, ms) => {
    expect(enforced(timeoutSeconds)).toBe(ms);
  });

  it("is what the request supplies", () => {
    expect(enforced("{{ limit }}", { limit: ["30"] })).toBe(30_000);
  });

  it("is 3600 s where none is stated", () => {
    expect(processesOf(withInputs({ runCommand: ["true"] }))[0]!.timeoutMs).toBe(3_600_000);
  });

  it("is each process's own in schema 1.2", () => {
    const properties = [{ timeoutSeconds: 10 }, { timeoutSeconds: 20 }];
    const given = {
      schemaVersion: "1.2",
      runtimeConfig: { "aws:runShellScript": { properties } },
    };
    expect(processesOf(given).map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 20_000]);
  });
});

/** Seconds from the request to its expiry, of a request with a TimeoutSeconds of 30. */
function expirySeconds(given: object, supplied: Supplied = {}): number {
  const timeouts = countedTimeouts(modelOf(given), supplied);
  return expiresAfter(0, { timeoutSeconds: 30, timeouts, settings: DEFAULT_SETTINGS }) / 1_000;
}

// [rec-2026-09-27-expiry]
describe("the time-outs that count into ExpiresAfter", () => {
  const timed = (timeoutSeconds: unknown, name = "run") =>
    scriptStep({ name, inputs: { runCommand: ["true"], timeoutSeconds } });
  const p = { type: "String", default: "5" };
  const withStep = (step: object, parameters: object = {}) =>
    content({ mainSteps: [step], parameters });

  it("are a literal", () => {
    expect(expirySeconds(withStep(timed("5")))).toBe(35);
  });

  it("are a literal number", () => {
    expect(expirySeconds(withStep(timed(5)))).toBe(35);
  });

  it("are summed over steps", () => {
    expect(expirySeconds(content({ mainSteps: [timed("5"), timed("7", "two")] }))).toBe(42);
  });

  it.each(["anyName", "executionTimeout"])("are a parameter %s as supplied", (name) => {
    const given = withStep(timed(`{{ ${name} }}`), { [name]: p });
    expect(expirySeconds(given, { [name]: ["7"] })).toBe(37);
  });

  it("are 3600 for a parameter that is left out, whatever its default", () => {
    expect(expirySeconds(withStep(timed("{{ p }}"), { p }))).toBe(3_630);
  });

  it("may be below the agent's minimum", () => {
    expect(expirySeconds(withStep(timed("{{ p }}"), { p }), { p: ["2"] })).toBe(32);
  });

  it("are 3600 for what is not a number", () => {
    expect(expirySeconds(withStep(timed("soon")))).toBe(3_630);
  });

  it("are 3600 for a document without any", () => {
    expect(expirySeconds(content())).toBe(3_630);
  });

  it("are 3600 once for several steps without any", () => {
    const mainSteps = [scriptStep(), scriptStep({ name: "two" })];
    expect(expirySeconds(content({ mainSteps }))).toBe(3_630);
  });

  it("are those of the steps that state one", () => {
    const mainSteps = [timed("5"), scriptStep({ name: "two" })];
    expect(expirySeconds(content({ mainSteps }))).toBe(35);
  });

  it("are those of the first property object in schema 1.2", () => {
    const properties = [{ timeoutSeconds: "5" }, { timeoutSeconds: "100" }];
    const given = {
      schemaVersion: "1.2",
      runtimeConfig: { "aws:runShellScript": { properties } },
    };
    expect(expirySeconds(given)).toBe(35);
  });
});

describe("a document that runs itself many times", () => {
  it.each([
    ["a hundred times", 5, 100],
    ["until its steps are five hundred", 20, 25],
  ])("is resolved %s within a command", (_, many, times) => {
    expect(childrenIn(runsItself(many))).toBe(times);
  });

  it("is refused from then on", () => {
    expect(runsItself(20).at(-1)?.processes[0]?.refusal?.stderr).toBe(
      "FakeSsm runs at most 100 documents with 500 steps within a command.",
    );
  });
});

/** The steps of a document that runs itself this many times. */
function runsItself(many: number): readonly ResolvedStep[] {
  const run = {
    action: "aws:runDocument",
    inputs: { documentType: "SSMDocument", documentPath: "Self" },
  };
  const names = Array.from({ length: many }, (_, index) => `run-${index}`);
  const model = modelOf(content({ mainSteps: names.map((name) => ({ name, ...run })) }));
  const references = {
    lookup: () => undefined,
    documentNamed: () => model,
    readYaml: () => ({ problem: "not read" }),
    compile: compileGoPattern,
  };
  return resolveDocument(model, {}, references).steps;
}

/** How many documents run within these steps. */
function childrenIn(steps: readonly ResolvedStep[]): number {
  const children = steps.flatMap(({ processes }) => processes.flatMap(({ child }) => child ?? []));
  return children.reduce((count, child) => count + 1 + childrenIn(child.steps), 0);
}
