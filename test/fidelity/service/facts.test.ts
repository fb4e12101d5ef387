import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { differenceFromFacts } from "./facts.ts";

const content = {
  schemaVersion: "2.2",
  parameters: {
    commands: { type: "StringList", description: "What to run.", minItems: 1 },
    folder: { type: "String", default: "" },
  },
  mainSteps: [
    {
      name: "onLinux",
      action: "aws:runShellScript",
      precondition: { StringEquals: ["platformType", "Linux"] },
      inputs: { timeoutSeconds: "60", runCommand: ["{{ commands }}"] },
    },
    { name: "last", action: "aws:updateSsmAgent" },
  ],
};
const [first, last] = [
  {
    name: "onLinux",
    action: "aws:runShellScript",
    precondition: { StringEquals: ["platformType", "Linux"] },
    timeoutSeconds: "60",
  },
  { name: "last", action: "aws:updateSsmAgent" },
];
const old = {
  schemaVersion: "1.2",
  runtimeConfig: {
    "aws:runShellScript": { properties: [{ id: "0", timeoutSeconds: "5" }] },
    "aws:psModule": { properties: { runCommand: "a" } },
  },
};
const oldSteps = [
  { action: "aws:runShellScript", timeoutSeconds: "5" },
  { action: "aws:psModule" },
];

describe("a document", () => {
  it.each([
    ["the schema version", { schemaVersion: "2.2" }],
    ["the steps in order", { steps: [first, last] }],
    ["both", { schemaVersion: "2.2", steps: [first, last] }],
    [
      "a parameter without its description",
      { parameter: "commands", is: { type: "StringList", minItems: 1 } },
    ],
    ["the parameters in order", { parameters: ["commands", "folder"] }],
    ["a parameter that is there among others", { includes: ["folder"] }],
    [
      "several facts at once",
      { schemaVersion: "2.2", includes: ["commands"], parameters: ["commands", "folder"] },
    ],
  ])("agrees with a fact about it: %s", (_, facts) => {
    expect(differenceFromFacts(facts, content)).toBeUndefined();
  });

  it("of an old schema has the plugins as its steps", () => {
    const facts = { schemaVersion: "1.2", steps: oldSteps };
    expect(differenceFromFacts(facts, old)).toBeUndefined();
  });

  it("without parameters has an empty list of them", () => {
    expect(differenceFromFacts({ parameters: [] }, old)).toBeUndefined();
  });

  it.each([
    [{ schemaVersion: "0.3" }, 'schemaVersion: expected "0.3", found "2.2"'],
    [{ steps: [last, first] }, /^steps\.0\.precondition: expected nothing, found \{/],
    [{ steps: [first] }, /^steps: expected a list of 1, found \[/],
    [
      { steps: [{ ...first, action: "aws:runPowerShellScript" }, last] },
      'steps.0.action: expected "aws:runPowerShellScript", found "aws:runShellScript"',
    ],
    [
      { steps: [{ ...first, precondition: { StringEquals: ["platformType", "Windows"] } }, last] },
      'steps.0.precondition.StringEquals.1: expected "Windows", found "Linux"',
    ],
    [
      { steps: [{ ...first, timeoutSeconds: 60 }, last] },
      'steps.0.timeoutSeconds: expected 60, found "60"',
    ],
    [
      {
        steps: [{ name: first.name, action: first.action, precondition: first.precondition }, last],
      },
      'steps.0.timeoutSeconds: expected nothing, found "60"',
    ],
    [
      { steps: [first, { ...last, timeoutSeconds: "60" }] },
      'steps.1.timeoutSeconds: expected "60", found nothing',
    ],
    [
      { parameter: "commands", is: { type: "String", minItems: 1 } },
      'commands.type: expected "String", found "StringList"',
    ],
    [
      { parameter: "commands", is: { type: "StringList" } },
      "commands.minItems: expected nothing, found 1",
    ],
    [{ parameter: "other", is: {} }, "other: expected an object, found nothing"],
    [{ parameters: ["folder", "commands"] }, 'parameters.0: expected "folder", found "commands"'],
    [{ parameters: ["commands"] }, 'parameters: expected a list of 1, found ["commands","folder"]'],
    [{ includes: ["commands", "other"] }, 'parameters: expected a list of 2, found ["commands"]'],
    [{ includes: ["folder", "commands"] }, 'parameters.0: expected "folder", found "commands"'],
  ])("differs from the fact %j", (facts, sentence) => {
    expect(differenceFromFacts(facts, content)).toMatch(matching(sentence));
  });

  it.each([
    [{ schemaVersion: "0.3", parameters: ["commands", "folder"] }, /^schemaVersion: /],
    [{ parameters: ["commands", "folder"], steps: [] }, /^steps: /],
    [{ parameters: ["commands"], includes: ["folder"] }, /^parameters: /],
    [
      { parameter: "folder", is: { type: "String", default: "" }, includes: ["other"] },
      /^parameters: /,
    ],
  ])("differs from the one wrong fact of several: %j", (facts, sentence) => {
    expect(differenceFromFacts(facts, content)).toMatch(sentence);
  });

  it.each([
    [
      { steps: [{ ...oldSteps[0], timeoutSeconds: "6" }, oldSteps[1]] },
      /^steps\.0\.timeoutSeconds: /,
    ],
    [{ steps: [oldSteps[1], oldSteps[0]] }, /^steps\.0\.timeoutSeconds: /],
  ])("of an old schema differs from the fact %j", (facts, sentence) => {
    expect(differenceFromFacts(facts, old)).toMatch(sentence);
  });
});

describe("what is no fact of a document", () => {
  it.each<JsonObject>([
    { version: "1" },
    { schemaVersion: "2.2", step: [] },
    { toString: "2.2" },
    { parameter: "commands" },
    { is: { type: "StringList", minItems: 1 } },
  ])("is told: %j", (facts) => {
    expect(differenceFromFacts(facts, content)).toBe(
      `no fact of a document: ${JSON.stringify(facts)}`,
    );
  });
});

/** What a whole sentence, or an expression, matches. */
function matching(sentence: string | RegExp): RegExp {
  if (typeof sentence !== "string") return sentence;
  return new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
