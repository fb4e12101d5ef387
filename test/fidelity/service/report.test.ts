import { describe, expect, it } from "vitest";
import { readyScenario, sendStep } from "./a-scenario.ts";
import { reportScenarios } from "./report.ts";
import type { Scenario } from "./scenario.ts";

const listed = { label: "listed", op: "ListCommands", ok: { Commands: [] } };
const wrong = { label: "wrong", op: "ListCommands", ok: { Commands: [{}] } };
const good = readyScenario({ id: "good" });
const bad = readyScenario({ id: "bad", steps: [listed, wrong] });
const SAID = "wrong: answer.Commands: expected a list of 1, found []";

async function reported(
  scenarios: readonly Scenario[],
  notYet: Readonly<Record<string, string>> = {},
) {
  const lines: string[] = [];
  const isRight = await reportScenarios(scenarios, {
    roads: ["wire", "sdk"],
    notYet,
    print: (line) => lines.push(line),
  });
  return { isRight, lines };
}

describe("a report on scenarios", () => {
  it("has a line for every scenario, then the steps that agree, then the sum", async () => {
    expect(await reported([good, bad])).toEqual({
      isRight: false,
      lines: [
        "ok good",
        `FAIL bad: (wire) ${SAID} | (sdk) ${SAID}`,
        "2 of 3 steps agree",
        "1 passed, 1 failed",
      ],
    });
  });

  it("is right when all pass", async () => {
    expect(await reported([good])).toEqual({
      isRight: true,
      lines: ["ok good", "1 of 1 steps agree", "1 passed, 0 failed"],
    });
  });

  it("is right when only those fail that may, and still counts them as failed", async () => {
    expect(await reported([good, bad], { bad: "The list is made up." })).toEqual({
      isRight: true,
      lines: [
        "ok good",
        `known bad: (wire) ${SAID} | (sdk) ${SAID}`,
        "2 of 3 steps agree",
        "1 passed, 1 failed",
      ],
    });
  });

  it("is wrong when one passes that is listed", async () => {
    expect(await reported([good], { good: "Not any more." })).toEqual({
      isRight: false,
      lines: [
        "ok good, which is listed as one that may fail: remove it",
        "1 of 1 steps agree",
        "1 passed, 0 failed",
      ],
    });
  });

  it("is wrong when the list names no scenario", async () => {
    expect(await reported([good], { gone: "It was removed." })).toEqual({
      isRight: false,
      lines: [
        "ok good",
        "1 of 1 steps agree",
        "gone is listed as one that may fail, and there is no such scenario: remove it",
        "1 passed, 0 failed",
      ],
    });
  });

  it("counts a step as agreeing only if it was reached", async () => {
    const { lines } = await reported([
      readyScenario({ id: "ends", steps: [listed, { advance: "soon" }, listed, listed] }),
    ]);
    expect(lines.at(-2)).toBe("1 of 3 steps agree");
  });

  it("counts no step that only makes the state", async () => {
    const { lines } = await reported([
      readyScenario({ id: "sends", steps: [listed, { advance: "1s" }, sendStep()] }),
    ]);
    expect(lines).toEqual(["ok sends", "1 of 1 steps agree", "1 passed, 0 failed"]);
  });

  it("names the road by which a step differs, and counts it once", async () => {
    // Only over the wire is it known which member has the message.
    const refused = { type: "InvalidDocument", member: "message" };
    const step = { label: "refused", op: "GetDocument", input: { Name: "absent" } };
    const { lines } = await reported([
      readyScenario({ id: "member", steps: [{ ...step, refused }] }),
    ]);
    expect(lines).toEqual([
      'FAIL member: (wire) refused: refusal.member: expected "message", found "Message"',
      "0 of 1 steps agree",
      "0 passed, 1 failed",
    ]);
  });
});
