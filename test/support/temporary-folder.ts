import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** Gives each test of a file a folder of its own, by its real path, and removes it afterwards. */
export function eachInFolder(use: (folder: string) => void): void {
  let folder = "";
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ssm-test-")));
    use(folder);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}
