import { describe, expect, it } from "vitest";
import { agentCaseJson } from "./an-agent-case.ts";
import { parseAgentCases } from "./case-file.ts";

const fileOf = (...cases: readonly object[]) => JSON.stringify({ about: "a test", cases });

describe("a file of agent cases", () => {
  it("is read in order", () => {
    const cases = parseAgentCases(fileOf(agentCaseJson(), agentCaseJson({ id: "exit-1" })));
    expect(cases.map(({ id }) => id)).toEqual(["exit-0", "exit-1"]);
  });

  it("may write long strings of an answer as runs, and keeps a document as it is", () => {
    const runs = [
      ["ab", 2],
      ["c", 1],
    ];
    const [read] = parseAgentCases(
      fileOf(
        agentCaseJson({
          document: { runs },
          agent: { documentStatus: "Success", plugins: [{ id: "step1", output: { runs } }] },
        }),
      ),
    );
    expect([read?.document, read?.agent.plugins[0]?.output]).toEqual([{ runs }, "ababc"]);
  });

  it.each([
    ["no JSON", "{", /^A file of agent cases has to be JSON, and this is not: .*\.$/],
    ["a list", "[]", 'A file of agent cases has to be { "cases": [case, …] }.'],
    ["no list of cases", '{ "cases": {} }', /^A file of agent cases has to be/],
    ["another key", '{ "cases": [], "format": 2 }', 'file has the unknown key "format".'],
    ["no case", '{ "cases": [1] }', "case 1 is 1, and has to be an object."],
  ])("that is %s is refused in one sentence", (_, content, sentence) => {
    expect(() => parseAgentCases(content)).toThrow(sentence);
  });

  it("with an id twice is refused", () => {
    expect(() => parseAgentCases(fileOf(agentCaseJson(), agentCaseJson()))).toThrow(
      "Two cases have the id exit-0.",
    );
  });

  it.each([
    [{ id: 7 }, "case 1.id is 7, and has to be a name without white space."],
    [{ colour: "red" }, 'case exit-0 has the unknown key "colour".'],
    [{ agent: undefined }, 'case exit-0 lacks the key "agent".'],
    [
      { documentText: "a: 1" },
      "case exit-0 has to have exactly one of document, documentText, documentName.",
    ],
    [
      { needs: ["sh=dash or so"] },
      /^case exit-0\.needs\.0 is "sh=dash or so", and has to be a need/,
    ],
    [{ advance: "80" }, 'case exit-0.advance is "80", and has to be a duration such as "80h".'],
    [{ ssm: { key: { plain: "a" } } }, 'case exit-0.ssm.key lacks the key "secure".'],
    [{ parameters: { p: "a" } }, 'case exit-0.parameters.p is "a", and has to be a list.'],
    [{ behavior: {} }, "case exit-0.behavior.type is nothing, and has to be a text."],
    [{ agent: { plugins: [] } }, "case exit-0.agent has no documentStatus, trace or refused."],
    [
      { agent: { documentStatus: "Failed", plugins: [{ id: "step1", output: { runs: ["a"] } }] } },
      'case exit-0.agent.plugins.0.output is no long string. Write { "runs": [[piece, times], …] }.',
    ],
  ])("with the case %j is refused in one sentence", (over, sentence) => {
    expect(() => parseAgentCases(fileOf(agentCaseJson(over)))).toThrow(sentence);
  });
});
