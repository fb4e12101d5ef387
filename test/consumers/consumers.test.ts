import { beforeAll, expect, it } from "vitest";
import { describeBuilt, proviso } from "./built-package.ts";
import { CONSUMERS } from "./consumers.ts";
import { type ConsumerResult, runConsumer } from "./run-consumer.ts";
import { usePackedProject } from "./use-packed-project.ts";

describeBuilt(`the projects of users${proviso}`, { timeout: 120_000 }, () => {
  const project = usePackedProject();
  const results: ConsumerResult[] = [];

  beforeAll(async () => {
    for (const consumer of CONSUMERS) results.push(await runConsumer(consumer, project()));
  }, 300_000);

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
