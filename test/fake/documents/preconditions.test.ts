import { describe, expect, it } from "vitest";
import { objectionTo } from "../../../src/fake/documents/preconditions.ts";
import { equals } from "./a-document.ts";

const ON_LINUX = { platform: "Linux", values: { env: "prod", same: "prod", cost: "$$5" } } as const;

describe("a condition that holds", () => {
  it.each([
    ["the platform", ["platformType", "Linux"]],
    ["the platform, in either order", ["Linux", "platformType"]],
    ["the platform, whatever the case", ["platformType", "lINUX"]],
    ["a parameter and a string", ["{{ env }}", "prod"]],
    ["a string and a parameter", ["prod", "{{env}}"]],
    ["two parameters of one value", ["{{ env }}", "{{ same }}"]],
    ["a parameter alone, whatever its signs mean elsewhere", ["{{ cost }}", "$$5"]],
    ["a string around a parameter with $$", ["x{{ cost }}", "x$5"]],
    ["a string around a parameter", ["x-{{ env }}", "x-prod"]],
  ])("is %s", (_, operands) => {
    expect(objectionTo(equals(...operands), ON_LINUX)).toBeUndefined();
  });

  it.each(["Linux", "Windows", "MacOS"] as const)("is %s on a node of it", (platform) => {
    const condition = equals("platformType", platform);
    expect(objectionTo(condition, { platform, values: {} })).toBeUndefined();
  });
});

describe("an unsatisfied condition", () => {
  it.each([
    ["platformType", "Windows"],
    ["MacOS", "platformType"],
    ["{{ env }}", "dev"],
    ["{{ env }}", "Prod"],
  ])("names its operands as they were written: %s, %s", (left, right) => {
    expect(objectionTo(equals(left, right), ON_LINUX)).toEqual({
      type: "unsatisfied",
      text: `"StringEquals": [${left}, ${right}]`,
    });
  });
});

describe("a condition that the agent does not understand", () => {
  it("has another operator", () => {
    expect(objectionTo({ operator: "stringEquals", operands: ["a", "b"] }, ON_LINUX)).toEqual({
      type: "unrecognized",
      text: 'unrecognized operator: "stringEquals"',
    });
  });

  it.each([
    ["no operand", [], "operator accepts exactly 2 arguments"],
    ["one operand", ["platformType"], "operator accepts exactly 2 arguments"],
    ["three operands", ["{{ env }}", "a", "b"], "operator accepts exactly 2 arguments"],
    [
      "the same operand twice",
      ["{{ env }}", "{{ env }}"],
      "operator's arguments can't be identical",
    ],
    ["platformType twice", ["platformType", "platformType"], "[platformType platformType]"],
    [
      "a reference to Parameter Store",
      ["{{ ssm:env }}", "{{ env }}"],
      "operator's arguments can't contain SSM parameters",
    ],
    [
      "a reference to Parameter Store with a tab",
      ["{{\tssm:env }}", "yes"],
      "operator's arguments can't contain SSM parameters",
    ],
    [
      "a reference to a secure parameter",
      ["{{ ssm-secure:/app/env }}", "yes"],
      "operator's arguments can't contain secure SSM parameters",
    ],
    [
      "a reference to a version of a parameter, which the agent does not look for here",
      ["{{ ssm:env:1 }}", "yes"],
      "at least one of operator's arguments must contain a valid document parameter",
    ],
    [
      "a platform out of a parameter",
      ["platformType", "{{ env }}"],
      "the second argument for the platformType variable can't contain document parameters",
    ],
    [
      "two strings",
      ["prod", "dev"],
      "at least one of operator's arguments must contain a valid document parameter",
    ],
    [
      "a parameter that the document does not declare",
      ["{{ other }}", "dev"],
      "at least one of operator's arguments must contain a valid document parameter",
    ],
  ])("has %s", (_, operands, complaint) => {
    expect(objectionTo(equals(...operands), ON_LINUX)).toEqual({
      type: "unrecognized",
      text: `"StringEquals": ${complaint}`,
    });
  });
});
