import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printedBy, vitestIn } from "../support/inner-runner.ts";

const urlOf = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);

/** Tests of a user, of which some fail. */
const TESTS = `
import { RunCommandClient, runShellScript, tagTargets } from ${urlOf("index.ts")};
import { byPlugin, fails, hangs, VirtualClock } from ${urlOf("fake/index.ts")};
import { test, testWithFake } from ${urlOf("matchers/vitest.ts")};

const Targets = tagTargets({ Role: "web" });
const send = (fake) => new RunCommandClient(fake).send({ ...runShellScript("login hunter2"), Targets });
const deploy = async (fake) => (await send(fake)).waitForTerminal();
const fakes = new Set();
let offered;
beforeEach(({ fake }) => { offered = fake; });

test("passes", async ({ fake }) => {
  fakes.add(fake);
  expect(fake).toBe(offered);
  fake.faults.throttle("SendCommand", { times: 1 });
  await send(fake).catch(() => {});
  expect(fake).not.toHaveSentCommand();
});
test("has a fake of its own", ({ fake }) => {
  fakes.add(fake);
  expect([fakes.size, fake.nodes.list().length, fake.journal.entries().length]).toEqual([2, 0, 0]);
});
test.concurrent("has a fake of its own, side by side", ({ fake, expect }) => {
  expect(fake).not.toHaveSentCommand();
});
test("fails by itself", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ exitCode: 7 }) });
  expect((await deploy(fake)).kind).toBe("succeeded");
});
test("fails before it sent anything", ({ fake }) => {
  fake.faults.throttle("SendCommand", { times: 1 });
  throw new Error("no configuration");
});
test("throws no error", ({ fake }) => {
  throw "just a word";
});
test("throws nothing", ({ fake }) => {
  throw undefined;
});
test("fails by a matcher", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  await deploy(fake);
  expect(fake).toHaveSentCommand({ document: "release" });
});
test("fails by a matcher before it sent anything", ({ fake }) => {
  expect(fake).toHaveSentCommand();
});
test("has trouble that never struck", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  fake.faults.throttle("CancelCommand", { times: 1 });
  await deploy(fake);
});
test("has a handler and a behavior that came to nothing", ({ fake }) => {
  fake.nodes.add({ behavior: fails() });
  fake.on("SendCommand", () => undefined);
});
test("has a plugin that no step has", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" }, behavior: byPlugin({ instal: fails() }) });
  await deploy(fake).catch(() => {});
});
test("skips itself", ({ fake, skip }) => {
  fake.faults.throttle("SendCommand", { times: 1 });
  skip();
});
test.fails("is meant to fail, and has only trouble that never struck", ({ fake }) => {
  fake.faults.throttle("SendCommand", { times: 1 });
});
test("throws what has a number for a message", async ({ fake }) => {
  await send(fake);
  throw { message: 5 };
});
test.fails("is meant to fail", async ({ fake }) => {
  await deploy(fake);
  throw new Error("as meant");
});
let attempts = 0;
test("passes the third time", { retry: 2 }, ({ fake }) => {
  fakes.add(fake);
  expect(fake.journal.entries()).toEqual([]);
  if (++attempts < 3) throw new Error("not yet");
});
test("has trouble that never struck, and leaves something that waits", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" }, behavior: hangs() });
  fake.faults.throttle("CancelCommand", { times: 1 });
  const sent = await send(fake);
  globalThis.leftInTrouble = sent.waitForTerminal().catch((error) => error.name);
});
test("finds that it was ended, in trouble", async () => {
  expect(await globalThis.leftInTrouble).toBe("ClockResetError");
});
describe("with a hook that throws", () => {
  afterEach(() => {
    throw new Error("a hook");
  });
  test("fails by its hook", async ({ fake }) => {
    await send(fake);
  });
});
const clock = new VirtualClock({ start: "2030-01-01T00:00:00.000Z" });
testWithFake({ clock })("has the clock that it was given", ({ fake }) => {
  expect(fake.clock).toBe(clock);
});
test("leaves something that waits", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" }, behavior: hangs() });
  const sent = await send(fake);
  globalThis.left = sent.waitForTerminal().catch((error) => error.name);
});
test("finds that it was ended", async () => {
  expect(await globalThis.left).toBe("ClockResetError");
});
testWithFake({ latency: "instant", seed: 7, nodes: [{ tags: { Role: "web" } }] })("has options", async ({ fake }) => {
  await send(fake);
  expect(fake).toHaveSucceeded();
});
test("needs no fake", () => {});
`;

interface TestResult {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

let folder = "";
let printed = "";
let results: readonly TestResult[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssm-run-command-"));
  await writeFile(join(folder, "deploy.test.ts"), TESTS);
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  printed = await printedBy([...vitestIn(folder), ...reporters]);
  const { testResults } = JSON.parse(await readFile(report, "utf8"));
  results = testResults[0].assertionResults;
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const statusOf = (title: string) => results.find((each) => each.title === title)?.status;
const messageOf = (title: string) =>
  results.find((each) => each.title === title)?.failureMessages.join("\n") ?? "";
/** What was printed of the fake of a test. */
const storyOf = (title: string) =>
  printed
    .split(/\n{2,}stderr \| |\n{2,}stdout \| /)
    .find((part) => part.includes(`The fake of the failed test "${title}"`));

describe("a test of the fixture", () => {
  it.each([
    "passes",
    "has a fake of its own",
    "has a fake of its own, side by side",
    "has a handler and a behavior that came to nothing",
    "is meant to fail",
    "passes the third time",
    "leaves something that waits",
    "finds that it was ended",
    "has options",
    "has the clock that it was given",
    "finds that it was ended, in trouble",
    "needs no fake",
  ])("passes: %s", (title) => {
    expect(statusOf(title), `${messageOf(title)}\n${printed}`).toBe("passed");
  });

  it("is skipped when it skips itself, whatever never struck", () => {
    expect(statusOf("skips itself")).toBe("skipped");
  });

  it.each([
    ["fails by itself", "expected 'failed' to be 'succeeded'"],
    ["fails before it sent anything", "no configuration"],
    ["throws no error", "just a word"],
    ["is meant to fail, and has only trouble that never struck", "Expect test to fail"],
    ["fails by its hook", "a hook"],
    ["fails by a matcher", 'No command like {"document":"release"} was sent.'],
    [
      "has trouble that never struck",
      "Faults that were ordered never struck: throttle CancelCommand.",
    ],
    ["has a plugin that no step has", 'has a behavior for the plugin "instal"'],
  ])("fails, and says why: %s", (title, message) => {
    expect([statusOf(title), messageOf(title)]).toEqual([
      "failed",
      expect.stringContaining(message),
    ]);
  });

  it("fails for its own reason only, not for trouble that could not strike any more", () => {
    expect(messageOf("fails before it sent anything")).not.toContain("never struck");
  });
});

describe("a fixture whose test fails", () => {
  it("prints the timeline", () => {
    expect(storyOf("fails by itself")).toMatch(
      /"fails by itself": *\n+00:00:00\.000 .*SendCommand AWS-RunShellScript → tag:Role=web \(1 node\) .*\n(?:.*\n)*.*ended with exit code 7 /,
    );
  });

  it.each(["fails by its hook", "throws what has a number for a message"])(
    "prints the timeline once: %s",
    (title) => {
      expect(storyOf(title)).toMatch(/SendCommand AWS-RunShellScript → tag:Role=web/);
      expect(printed.split(`The fake of the failed test "${title}"`)).toHaveLength(2);
    },
  );

  it.each(["fails before it sent anything", "throws no error", "throws nothing"])(
    "prints that nothing was sent: %s",
    (title) => {
      expect(storyOf(title)).toContain(`"${title}": no command was sent, and no call was refused.`);
    },
  );

  it.each([
    "fails by a matcher",
    "fails by a matcher before it sent anything",
    "has trouble that never struck",
    "is meant to fail",
    "skips itself",
    "passes",
  ])("prints no timeline when the error has it, or when nothing is wrong: %s", (title) => {
    expect(storyOf(title)).toBeUndefined();
  });

  it("shows the timeline in the message of trouble that never struck", () => {
    expect(messageOf("has trouble that never struck")).toMatch(
      /00:00:00\.200 .* Pending → InProgress/,
    );
  });

  it("shows no parameter", () => {
    expect(printed).not.toMatch(/^(?!.*runShellScript\().*hunter2/m);
  });
});
