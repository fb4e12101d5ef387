import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

/** How many lines the timeline puts in order before others have their turn. */
const MOST_LINES = 5_000;

const COMMANDS = 9;
const NODES = 700;

/** Commands that ran side by side, each on nodes of its own, and calls that were refused in between. */
async function aLongStory() {
  const roles = Array.from({ length: COMMANDS }, (_, index) => `role-${index}`);
  const nodes = roles.flatMap((Role, role) =>
    Array.from({ length: NODES }, (_, index) => ({
      tags: { Role },
      behavior: succeeds({ after: `${1 + ((index * 37 + role * 11) % 50)}s` }),
    })),
  );
  const fake = new FakeSsm({ nodes });
  const commandIds: string[] = [];
  for (const Role of roles) {
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["true"] },
      Targets: [{ Key: "tag:Role", Values: [Role] }],
      MaxConcurrency: "40%",
    });
    commandIds.push(Command?.CommandId ?? "");
    await fake.clock.advance("7s");
    await fake
      .getCommandInvocation({ CommandId: commandIds[0]!, InstanceId: "i-0f" })
      .catch(() => {});
  }
  await fake.clock.advance("1h");
  return { fake, commandIds };
}

/** The lines of a timeline, without the blanks that put them into columns. */
const linesOf = (timeline: string) =>
  timeline.split("\n").map((line) => line.trimEnd().replace(/ {2,}/g, " | "));

const isRefused = (line: string) => line.split(" | ")[1] === "refused";

describe("a timeline of many lines", () => {
  it("has every line of every command and every refused call, in the order of time", async () => {
    const { fake, commandIds } = await aLongStory();
    const ofCommands = commandIds.flatMap((commandId) =>
      linesOf(fake.timeline({ commandId })).filter((line) => !isRefused(line)),
    );
    const whole = linesOf(fake.timeline());
    // Lines of one instant stay in the order in which their commands were sent; refused calls come last.
    const expected = [...ofCommands, ...whole.filter(isRefused)]
      .map((line) => ({ line, at: line.slice(0, "00:00:00.000".length) }))
      .sort((a, b) => a.at.localeCompare(b.at))
      .map(({ line }) => line);
    expect(whole.length).toBeGreaterThan(2 * MOST_LINES);
    expect(whole.filter(isRefused)).toHaveLength(COMMANDS);
    expect(whole).toEqual(expected);
  });

  it("comes in pieces of 5,000 lines at most, which make it up", async () => {
    const { fake } = await aLongStory();
    const pieces = [...fake.timelineInPieces()];
    const sizes = pieces
      .filter((piece) => piece !== "")
      .map((piece) => linesOf(piece.replace(/^\n/, "")).length);
    expect(sizes.slice(0, -1).every((size) => size === MOST_LINES)).toBe(true);
    expect([sizes.length, sizes.at(-1)! <= MOST_LINES]).toEqual([3, true]);
    expect(pieces.join("")).toBe(fake.timeline());
  });

  it("lets others have their turn while it is put in order", async () => {
    const { fake } = await aLongStory();
    const pieces = [...fake.timelineInPieces()];
    // Once for each part that is sorted, and again while the parts become one.
    expect(pieces.findIndex((piece) => piece !== "")).toBeGreaterThanOrEqual(4);
  });

  it("is as wide in every piece as its widest line", async () => {
    const { fake } = await aLongStory();
    const starts = fake
      .timeline()
      .split("\n")
      .map((line) => line.lastIndexOf("  "));
    expect(new Set(starts).size).toBe(1);
  });
});
