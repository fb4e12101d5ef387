import { afterAll, beforeAll } from "vitest";
import { PackedProject } from "./packed-project.ts";

/**
 * A packed project for the tests of a block: made before them, removed after them.
 *
 * @returns What gives the project, once the tests run.
 */
export function usePackedProject(options?: {
  readonly lacks?: readonly string[];
}): () => PackedProject {
  let project: PackedProject | undefined;
  beforeAll(async () => {
    project = await PackedProject.create(options);
  }, 60_000);
  afterAll(() => project?.remove());
  return () => {
    if (project === undefined) throw new Error("The project is made before the first test runs.");
    return project;
  };
}
