import { describe, expect, it } from "vitest";
import { referencedSsm, resolveSsm } from "../../../src/fake/documents/ssm-references.ts";

const STORE: Readonly<Record<string, string | readonly string[]>> = {
  "/app/version": "1.4.2",
  "app.hosts": ["a", "b"],
  nested: "{{ ssm:/app/version }}",
};
const lookup = (name: string) => STORE[name];

describe("a reference to Parameter Store", () => {
  it.each([
    ["becomes the value", "v{{ ssm:/app/version }}!", "v1.4.2!"],
    ["may have no spaces", "v{{ssm:/app/version}}", "v1.4.2"],
    ["becomes a StringList with commas inside a string", "on {{ ssm:app.hosts }}", "on a,b"],
    ["is looked at once", "{{ ssm:nested }} x", "{{ ssm:/app/version }} x"],
    ["stays when the parameter does not exist", "{{ ssm:other }} x", "{{ ssm:other }} x"],
    ["is no parameter of the document", "{{ version }}", "{{ version }}"],
  ])("%s", (_, text, expected) => {
    expect(resolveSsm(text, lookup)).toBe(expected);
  });

  it("becomes a list where it stands alone", () => {
    expect(resolveSsm({ hosts: "{{ ssm:app.hosts }}" }, lookup)).toEqual({ hosts: ["a", "b"] });
  });

  it("is resolved in lists and objects", () => {
    const value = { a: [{ b: "{{ ssm:/app/version }}" }], n: 1, no: null };
    expect(resolveSsm(value, lookup)).toEqual({ a: [{ b: "1.4.2" }], n: 1, no: null });
  });

  it("is found anywhere", () => {
    const value = [{ a: "{{ssm:one}}" }, ["x {{ ssm:/t-w/o_2.0 }}"]];
    expect(referencedSsm(value)).toEqual(["one", "/t-w/o_2.0"]);
  });

  it("is not found in nothing", () => {
    expect(referencedSsm(undefined)).toEqual([]);
  });
});
