import { describe, expect, it } from "vitest";
import {
  referencedSsm,
  resolveSsm,
  type SsmParameter,
} from "../../../src/fake/documents/ssm-references.ts";

const STORE: Readonly<Record<string, SsmParameter>> = {
  "/app/version": { type: "String", value: "1.4.2" },
  "/app/version:1": { type: "String", value: "1.4.1" },
  "app.hosts": { type: "StringList", value: "a,b" },
  nested: { type: "String", value: "{{ ssm:/app/version }} $1 $$" },
  secret: { type: "SecureString", value: "s3cr3t" },
};
const lookup = (name: string) => STORE[name];

describe("a reference to Parameter Store", () => {
  it.each([
    ["becomes the value", "v{{ ssm:/app/version }}!", "v1.4.2!"],
    ["becomes the value of a version", "v{{ ssm:/app/version:1 }}!", "v1.4.1!"],
    ["may have no spaces", "v{{ssm:/app/version}}", "v1.4.2"],
    ["is no reference with a tab around it", "{{\tssm:/app/version}}", "{{\tssm:/app/version}}"],
    ["is looked at once", "{{ ssm:nested }} x", "{{ ssm:/app/version }} $1 $$ x"],
    ["is no parameter of the document", "{{ version }}", "{{ version }}"],
    ["is none of other documents", "{{ssm-secure:secret}}", "{{ssm-secure:secret}}"],
  ])("%s", (_, value, expected) => {
    expect(resolveSsm(value, lookup)).toEqual({ ok: true, value: expected });
  });

  it("becomes the elements of a StringList where it is an element of a list", () => {
    const value = { runCommand: ["one", " {{ ssm:app.hosts }} ", "v{{ ssm:/app/version }}"] };
    expect(resolveSsm(value, lookup)).toEqual({
      ok: true,
      value: { runCommand: ["one", "a", "b", "v1.4.2"] },
    });
  });

  it("is resolved in lists and objects", () => {
    const value = { a: [{ b: "{{ ssm:/app/version }}" }], n: 1, no: null };
    expect(resolveSsm(value, lookup)).toEqual({
      ok: true,
      value: { a: [{ b: "1.4.2" }], n: 1, no: null },
    });
  });

  it("is found anywhere, each once", () => {
    const value = [{ a: "{{ssm:one}}" }, ["x {{ ssm:/t-w/o_2.0:3 }} {{ ssm:one }}"]];
    expect(referencedSsm(value)).toEqual(["one", "/t-w/o_2.0:3"]);
  });

  it("is not found in nothing", () => {
    expect(referencedSsm(undefined)).toEqual([]);
  });
});

describe("what fails a document as a whole", () => {
  it.each([
    [
      "parameters that do not exist",
      ["{{ssm:one}}", "{{ ssm:/app/version }} {{ssm:two:9}}"],
      "Input contains invalid parameters [one two:9]",
    ],
    [
      "a SecureString",
      "{{ ssm:secret }}",
      "Parameters [secret] of type SecureString are not supported",
    ],
    [
      "a StringList within a string",
      ["on {{ ssm:app.hosts }}"],
      "Parameter app.hosts of type StringList cannot be used as a String",
    ],
    [
      "a StringList that is no element of a list",
      { runCommand: "{{ ssm:app.hosts }}" },
      "Parameter app.hosts of type StringList cannot be used as a String",
    ],
    [
      "a list of strings and something else",
      ["{{ ssm:/app/version }}", 5],
      "Encountered error while parsing input - internal error",
    ],
  ])("is %s", (_, value, trace) => {
    expect(resolveSsm(value, lookup)).toEqual({ ok: false, trace });
  });
});
