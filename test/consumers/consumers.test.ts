import { afterAll, beforeAll, expect, it } from "vitest";
import { describeBuilt, proviso } from "./built-package.ts";
import { CONSUMERS } from "./consumers.ts";
import { PackedProject } from "./packed-project.ts";
import { type ConsumerResult, runConsumer } from "./run-consumer.ts";

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
