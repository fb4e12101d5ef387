import { describe, expect, it } from "vitest";
import { WELL_KNOWN_DOCUMENTS } from "../../../src/fake/documents/well-known.ts";
import {
  describedParameters,
  descriptionIn,
  writtenDocument,
} from "../../../src/fake/documents/written-document.ts";
import { aDocument, aStep, content, equals, modelOf } from "./a-document.ts";

/** The model with the id that its properties get when they are written. */
const withIds = (name: string) => {
  const model = WELL_KNOWN_DOCUMENTS[name]!;
  if (model.schemaVersion !== "1.2") return model;
  const steps = model.steps.map((step) => ({
    ...step,
    processes: step.processes.map((inputs) => ({ id: `0.${step.action}`, ...inputs })),
  }));
  return { ...model, steps };
};

describe("the content that is written for a document", () => {
  it.each(Object.keys(WELL_KNOWN_DOCUMENTS))("of AWS makes the same document: %s", (name) => {
    expect(modelOf(writtenDocument(WELL_KNOWN_DOCUMENTS[name]!))).toEqual(withIds(name));
  });

  it.each([
    ["a step that goes on only when it fails", { onFailure: "exit" as const }],
    ["a step that ends the document when it succeeds", { onSuccess: "exit" as const }],
    ["a last step", { isFinally: true }],
    ["an end", { isEnd: true }],
    ["conditions", { preconditions: [equals("platformType", "Linux")] }],
  ])("keeps %s", (_, more) => {
    const [step] = modelOf(writtenDocument(aDocument([aStep(more)]))).steps;
    expect(step).toMatchObject(more);
  });
});

describe("what a document says of itself", () => {
  it("is its description", () => {
    expect(descriptionIn(content({ description: "Deploys." }))).toBe("Deploys.");
  });

  it.each([undefined, null, "text", {}, { description: 7 }])("is nothing in %j", (value) => {
    expect(descriptionIn(value)).toBeUndefined();
  });
});

describe("a parameter as it is described", () => {
  it.each([
    [{ type: "String", default: "" }, ""],
    [{ type: "StringList", default: ["a"] }, '["a"]'],
    [{ type: "StringMap", default: {} }, "{}"],
    [{ type: "Boolean", default: false }, "false"],
    [{ type: "String" }, undefined],
  ] as const)("%j has the default %j", (spec, defaultValue) => {
    expect(describedParameters({ p: spec }, undefined)).toEqual([
      { name: "p", type: spec.type, description: undefined, defaultValue },
    ]);
  });

  it("has the description of its author", () => {
    const parameters = { p: { type: "String", description: "What for." } } as const;
    expect(describedParameters(parameters, { parameters })).toMatchObject([
      { description: "What for." },
    ]);
  });
});
