import { CreateDocumentCommand } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { Composer, Lexer, type ParsedNode, Parser } from "yaml";
import { MOST_LEXEMES, readYaml } from "../../../../src/fake/account/documents/read-yaml.ts";
import { refusalOf } from "../../../support/rejection.ts";
import { content } from "../../documents/a-document.ts";
import { parent, runsChild } from "../../runs/child-documents.ts";
import { ranSteps } from "../../runs/sent-document.ts";

const KB = 1024;

const read = (text: string) => readYaml(text, { yaml: { Composer, Lexer, Parser }, most: 100 });

/** What a text means, and how much of it the parser was given. */
function counted(text: string) {
  let lexemes = 0;
  let composed = 0;
  class CountingParser extends Parser {
    override *next(lexeme: string) {
      lexemes++;
      yield* super.next(lexeme);
    }
  }
  class CountingComposer<
    Contents extends ParsedNode = ParsedNode,
    Strict extends boolean = true,
  > extends Composer<Contents, Strict> {
    override *compose(...given: Parameters<Composer<Contents, Strict>["compose"]>) {
      composed++;
      yield* super.compose(...given);
    }
  }
  const yaml = { Composer: CountingComposer, Lexer, Parser: CountingParser };
  const result = readYaml(text, { yaml, most: 100 });
  return { result, lexemes: () => lexemes, composed: () => composed };
}

/** Lines of a list, five lexemes each, and comments of two that bring it to exactly so many. */
function yamlOf(lexemes: number): string {
  const [items, rest] = [Math.floor((lexemes - 11) / 5), (lexemes - 11) % 5];
  // A list of two items has eleven, and every further one five.
  const text = "- a\n".repeat(2 + items - (rest % 2 === 0 ? 0 : 1));
  return text + "#\n".repeat(rest % 2 === 0 ? rest / 2 : (rest + 5) / 2);
}

const lexemesIn = (text: string) => [...new Lexer().lex(text)].length;

describe("YAML", () => {
  it("with 64 KB of closing brackets is read up to the first", () => {
    const { result, lexemes, composed } = counted("]".repeat(64 * KB));
    expect(result).toEqual({
      ok: false,
      what: "syntax",
      message: "Unexpected flow-seq-end token in YAML document",
      at: 0,
    });
    expect(lexemes()).toBeLessThan(5);
    expect(composed()).toBe(0);
  });

  it("with a mistake in the middle is read up to that", () => {
    const { result, lexemes } = counted(`a: b\n]\n${"c: d\n".repeat(1_000)}`);
    expect(result).toMatchObject({ what: "syntax", at: 5 });
    expect(lexemes()).toBeLessThan(12);
  });

  it("may have 25,000 lexemes", () => {
    const text = yamlOf(MOST_LEXEMES);
    expect([lexemesIn(text), read(text).ok]).toEqual([25_000, true]);
  });

  it("is not read with one more", () => {
    const text = yamlOf(MOST_LEXEMES + 1);
    expect([lexemesIn(text), read(text)]).toEqual([25_001, { ok: false, what: "length" }]);
  });

  it("with 64 KB of quotation marks is read up to the 25,000th lexeme", () => {
    const { result, lexemes } = counted('"'.repeat(64 * KB));
    expect([result, lexemes()]).toEqual([{ ok: false, what: "length" }, 25_000]);
  });

  it.each([
    ["a map", "a: 1\nb: 2\na: 3\n", { a: 3, b: 2 }],
    ["a map in braces", "{a: 1, a: 2}", { a: 2 }],
    ["a map inside another", "x:\n  a: 1\n  a: [2]\n", { x: { a: [2] } }],
  ])("takes the last of two equal keys, as JSON does, in %s", (_, text, value) => {
    expect(read(text)).toEqual({ ok: true, value });
  });

  it("has many mistakes of which one is told: keys that are maps", () => {
    expect(read("{{ a }}: 1\n{{ b }}: 2\n")).toEqual({
      ok: false,
      what: "syntax",
      message: "With stringKeys, all keys must be strings",
      at: 1,
    });
  });

  it("has one document", () => {
    expect(read("a: 1\n---\nb: 2\n")).toMatchObject({ what: "syntax", at: 5 });
  });

  it("of nothing is null", () => {
    expect(read("")).toEqual({ ok: true, value: null });
  });
});

describe("CreateDocument", () => {
  const created = (text: string) =>
    refusalOf(
      new FakeSsm().client().send(
        new CreateDocumentCommand({
          Name: "Own-Document",
          DocumentType: "Command",
          DocumentFormat: "YAML",
          Content: text,
        }),
      ),
    );

  it("refuses 64 KB of closing brackets with the place of the first", async () => {
    expect(await created("]".repeat(64 * KB))).toEqual({
      name: "InvalidDocumentContent",
      message: "YAML not well-formed. at Line: 1, Column: 1",
    });
  });

  it("says how many lexemes the fake reads", async () => {
    expect(await created('"'.repeat(64 * KB))).toEqual({
      name: "InvalidDocumentContent",
      message: "FakeSsm reads at most 25000 words and marks of YAML.",
    });
  });
});

describe("YAML as the parameters of aws:runDocument", () => {
  const Child = content({ parameters: { name: { type: "String", default: "x" } } });
  const ran = (documentParameters: string) =>
    ranSteps({ documents: { Parent: parent(runsChild("Child", { documentParameters })), Child } });

  it.each([
    ["closing brackets", "]".repeat(30 * KB)],
    ["quotation marks", '"'.repeat(30 * KB)],
    ["as many levels of JSON as fit", `{"name":${"[".repeat(15 * KB)}${"]".repeat(15 * KB)}}`],
    ["a list that holds itself", "name: &a [*a]"],
    ["a map that holds itself", "name: &a {name: *a}"],
  ])("brings its command to an end: %s", async (_, text) => {
    expect((await ran(text)).map(({ detail }) => detail)).toEqual(["Failed"]);
  });
});
