import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { anchorsIn, linksIn, linksOf } from "./packed-pages.ts";

async function folderOf(pages: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pages-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "docs"));
  for (const [path, text] of Object.entries(pages)) await writeFile(join(folder, path), text);
  return folder;
}

describe("the links of pages", () => {
  it("are found inline, by reference and in HTML, but not in code or to other sites", () => {
    const text =
      '[a](a.md) [w](https://a.test) `[c](c.md)`\n[d]: d.md\n<img src="e.png">\n```md\n[f](f.md)\n```\n';
    expect(linksIn(text)).toEqual(["a.md", "d.md", "e.png"]);
  });

  it("lead to headings by the words of these, a second one by its number", () => {
    expect(anchorsIn("# Who may `import` whom?\n## Time\n## Time\n```sh\n# no\n```\n")).toEqual([
      "who-may-import-whom",
      "time",
      "time-1",
    ]);
  });

  it("are dead when a file or a heading is missing, or when they leave the package", async () => {
    const folder = await folderOf({
      "README.md": "# A\n[1](docs/b.md#b) [2](docs/b.md#c) [3](docs/d.md) [4](#a)",
      "docs/b.md": "# B\n[5](../README.md) [6](../../outside.md) [7](../docs)",
    });
    expect(linksOf(folder).dead.toSorted()).toEqual([
      "README.md: docs/b.md#c",
      "README.md: docs/d.md",
      "docs/b.md: ../../outside.md",
    ]);
  });
});
