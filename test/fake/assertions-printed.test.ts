import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printedBy, vitestIn } from "../support/inner-runner.ts";

const FAKE = new URL("../../src/fake/index.ts", import.meta.url).href;

/** A user's test that fails, for a runner whose `it` is global or imported. */
const aFailingTest = (imports: string) => `${imports}
import { assertReached, FakeSsm, fails } from ${JSON.stringify(FAKE)};

it("deploys", async () => {
  const fake = new FakeSsm({ nodes: [{ behavior: fails({ exitCode: 7, after: "90s" }) }] });
  const Parameters = { commands: ["login hunter2"] };
  const InstanceIds = ["i-00000000000000001"];
  await fake.sendCommand({ DocumentName: "AWS-RunShellScript", InstanceIds, Parameters });
  await fake.clock.advance("2m");
  assertReached(fake, "DeliveryTimedOut");
});
`;

const MESSAGE =
  /Command [0-9a-f-]{36} has not reached DeliveryTimedOut: i-00000000000000001 is Failed\./;
const TIMELINE = /00:01:30\.350 +i-00000000000000001 +ended with exit code 7 +InProgress → Failed/;

describe.each([
  {
    runner: "Vitest",
    file: "deploy.test.ts",
    imports: "",
    argsFor: vitestIn,
  },
  {
    runner: "node:test",
    file: "deploy.test.mts",
    imports: 'import { it } from "node:test";',
    argsFor: (folder: string) => ["--import", "tsx", "--test", join(folder, "deploy.test.mts")],
  },
])("an assertion that fails, printed by $runner,", ({ file, imports, argsFor }) => {
  let folder = "";
  let printed = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ssm-run-command-"));
    await writeFile(join(folder, file), aFailingTest(imports));
    printed = await printedBy(argsFor(folder));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it("says what was expected and what happened", () => {
    expect(printed).toMatch(MESSAGE);
  });

  it("shows the timeline", () => {
    expect(printed).toMatch(TIMELINE);
  });

  it("is named AssertionError", () => {
    expect(printed).toContain("AssertionError");
  });

  it("shows what was found and what was wanted", () => {
    const shown = ["DeliveryTimedOut", "i-00000000000000001 is Failed"].map((value) =>
      new RegExp(`["']${value}["']`).test(printed),
    );
    expect(shown).toEqual([true, true]);
  });

  it("shows no parameter", () => {
    expect(printed).not.toContain("hunter2");
  });
});
