import fc from "fast-check";
import { FakeSsm } from "ssm-run-command/fake";
import { type ServedRequest, serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { isBeyond, type JsonBounds } from "../../../src/fake/adapters/json-bounds.ts";
import { callRaw } from "../../support/wire-call.ts";

const isBeyondText = (json: string, bounds: Partial<JsonBounds>) =>
  isBeyond(new TextEncoder().encode(json), {
    levels: Number.POSITIVE_INFINITY,
    values: Number.POSITIVE_INFINITY,
    ...bounds,
  });

/** How deep a value is nested, and how many commas, lists and objects its JSON has. */
function sizeOf(value: unknown): JsonBounds {
  if (typeof value !== "object" || value === null) return { levels: 0, values: 0 };
  const held = Object.values(value).map(sizeOf);
  return {
    levels: 1 + Math.max(0, ...held.map(({ levels }) => levels)),
    values: held.reduce((sum, { values }) => sum + values, 1 + Math.max(0, held.length - 1)),
  };
}

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const listOf = (values: number) => `[${Array.from({ length: values }, () => 0).join()}]`;

/** The body of a request that no operation reads: a member that none has. */
const around = (json: string) => `{"Unknown":${json}}`;

describe("JSON", () => {
  it("is beyond its levels from the first level on that is too many", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(20), (value, levels) => {
        expect(isBeyondText(JSON.stringify(value), { levels })).toBe(sizeOf(value).levels > levels);
      }),
    );
  });

  it("is beyond its values from the first comma, list or object on that is too many", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(50), (value, values) => {
        expect(isBeyondText(JSON.stringify(value), { values })).toBe(sizeOf(value).values > values);
      }),
    );
  });

  it.each([
    ["brackets", "[[[[{{{{"],
    ["commas", ",,,,,,,,"],
    ["a quotation mark and brackets", '"[[[['],
    ["a backslash at the end, then brackets", "[[[[\\"],
    ["backslashes and quotation marks", '\\"[[\\\\"[[\\'],
  ])("counts nothing that stands in text: %s", (_, text) => {
    expect(isBeyondText(JSON.stringify(text), { levels: 0, values: 0 })).toBe(false);
  });

  it("counts what follows on text that ends in a backslash", () => {
    expect(isBeyondText(JSON.stringify([["\\"], [[]]]), { levels: 2 })).toBe(true);
  });

  it("is not read further when it is too deep", () => {
    const bytes = new TextEncoder().encode(nested(100_000));
    let reads = 0;
    const counting = new Proxy(bytes, {
      get: (of, name) => {
        if (typeof name === "string" && /^\d+$/.test(name)) reads++;
        return Reflect.get(of, name, of);
      },
    });
    expect([isBeyond(counting, { levels: 100, values: 100_000 }), reads]).toEqual([true, 101]);
  });
});

describe("the body of a request", () => {
  it.each([
    ["a hundred levels", around(nested(99))],
    ["a hundred thousand values", around(listOf(99_999))],
    [
      "a hundred thousand brackets and commas in a text",
      around(JSON.stringify("[,".repeat(60_000))),
    ],
  ])("may have %s", async (_, body) => {
    expect(await callRaw(new FakeSsm(), "ListCommands", body)).toEqual({
      statusCode: 200,
      text: '{"Commands":[]}',
    });
  });

  it.each([
    ["a hundred and one levels", around(nested(100))],
    ["a hundred thousand and one values", around(listOf(100_000))],
    ["as many lists as fit into a megabyte", around(`[${"[],".repeat(300_000)}[]]`)],
    ["as many levels as fit into a megabyte", around(nested(500_000))],
  ])("is refused with %s, as one that is not JSON", async (_, body) => {
    expect(await callRaw(new FakeSsm(), "ListCommands", body)).toEqual({
      statusCode: 400,
      text: '{"__type":"SerializationException"}',
    });
  });

  it.each([
    ["too many levels", around(nested(100))],
    ["too many values", around(listOf(100_000))],
    ["no JSON", "{"],
  ])(
    "with %s is refused over HTTP with a name, and the log says what is wrong",
    async (_, body) => {
      const logged: ServedRequest[] = [];
      const served = await serveFakeSsm(new FakeSsm(), { log: (request) => logged.push(request) });
      onTestFinished(() => served.close());
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonSSM.ListCommands",
      };
      const answer = await fetch(served.url, { method: "POST", headers, body });
      expect([answer.status, await answer.text(), logged]).toEqual([
        400,
        '{"__type":"SerializationException"}',
        [
          expect.objectContaining({
            error: "SerializationException",
            hint: "The body of the request is not JSON, is nested deeper than 100 levels, or holds more than 100000 values.",
          }),
        ],
      ]);
    },
  );
});
