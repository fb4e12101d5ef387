import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONSUMERS } from "./consumers.ts";
import { PackedProject } from "./packed-project.ts";
import { type ConsumerResult, runConsumer } from "./run-consumer.ts";

const isBuilt = process.env["PACKAGE_IS_BUILT"] !== undefined;
const describeBuilt = isBuilt ? describe : describe.skip;
const proviso = isBuilt ? "" : " (skipped: it needs `npm run build` and PACKAGE_IS_BUILT=1)";

describeBuilt(`the projects of users${proviso}`, { timeout: 120_000 }, () => {
  let project: PackedProject;
  const results: ConsumerResult[] = [];

  beforeAll(async () => {
    project = await PackedProject.create();
    for (const consumer of CONSUMERS) results.push(await runConsumer(consumer, project));
  }, 300_000);

  afterAll(async () => {
    await project?.remove();
  });

  it.each(CONSUMERS)("$name passes all of its tests", ({ name, tests }) => {
    const { isOk, passed, output } = results.find((result) => result.name === name)!;
    expect({ isOk, passed }, output).toEqual({ isOk: true, passed: tests });
  });

  it.each(CONSUMERS)("$name leaves the journal that the others leave", ({ name }) => {
    const { journal } = results.find((result) => result.name === name)!;
    expect(journal).toMatch(/^\[\{"type":"call"/);
    expect(journal).toBe(results[0]!.journal);
  });
});
