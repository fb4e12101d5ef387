import { dirname } from "node:path";
import { expect, it, vi } from "vitest";
import { ranScript } from "./a-script-run.ts";

// A folder that is mounted with noexec cannot be had everywhere.
vi.mock("../../../src/fake/shell/script-folder.ts", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  refusesExecution: () => true,
}));

it("a folder that lets no file be executed is told in one sentence, and the script is started all the same", async () => {
  const { result, told } = await ranScript('dirname "$(cd ../../../../../..; pwd)"\n');
  if (result.type !== "exits") throw new Error(result.type);
  const folder = dirname(`${result.stdout?.trim()}/ssm`);
  expect(told.warnings).toEqual([
    `The folder ${folder} lets no file be executed, as one does that is mounted with noexec, so scripts in it end with code 126, "Permission denied", as on such a node. Give runsInShell({ folder }) one that does.`,
  ]);
});
