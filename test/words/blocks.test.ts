import { readFileSync } from "node:fs";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { sourceFile, sourceFiles } from "../structure/source-files.ts";
import { BlockCompiler } from "../support/block-modules.ts";
import { commonScene, OWN_SCENES } from "../support/block-scene.ts";
import { docBlocks, pageBlocks } from "../support/code-blocks.ts";
import { filesIn } from "../support/files-in.ts";
import { runBlock } from "../support/run-block.ts";

const blocks = [...docBlocks(), ...pageBlocks()];
const shown = blocks.filter(({ language }) => language === "ts");
const timelines = blocks
  .filter(({ code }) => code.startsWith("00:00:00.000"))
  .map((block) => [block.place, block] as const);
const compiler = new BlockCompiler();
const executed = new Set<string>();

/** What only a test runner can execute. */
const forRunners = blocks
  .filter(({ language }) => language === "js")
  .map((block) => [block.place, block] as const);
/** Code without what a formatter decides, and without the type of a pattern of docs/why-loops-lie.md. */
const bare = (code: string) => code.replaceAll(/\s+|,(?=\s*[)}])|: Way\b/g, "");
const run = ["examples", "test/consumers/projects", "test/explore/patterns"]
  .flatMap((folder) => filesIn(folder).map((path) => readFileSync(`${folder}/${path}`, "utf8")))
  .map(bare)
  .join("\n");

describe("a block of the documentation", () => {
  it("compiles, whichever it is", () => {
    expect(compiler.complaints(shown.map((block) => compiler.assemble(block)))).toEqual([]);
  });

  it.each(shown.map((block) => [block.place, block] as const))("runs: %s", async (place, block) => {
    executed.add(place);
    await runBlock(compiler.assemble(block));
  });

  it("was executed, every one that was found", () => {
    expect([...executed]).toEqual(shown.map(({ place }) => place));
  });

  it.each(timelines)(
    "shows what happens to a node that fails after 90 s, and a call that is throttled: %s",
    async (_, { code }) => {
      const fake = new FakeSsm();
      fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ exitCode: 7, after: "90s" }) });
      await commonScene(fake).deploy()(fake);
      fake.faults.throttle("CancelCommand", { times: 1 });
      await fake.cancelCommand({ CommandId: "" }).catch(() => {});
      expect(code).toBe(`${fake.timeline()}\n`);
    },
  );

  it.each(forRunners)(
    "stands in a test of an example or a consumer, which runs it: %s",
    (_, { code }) => {
      const missing = code.split(/\n{2,}/).filter((piece) => !run.includes(bare(piece)));
      expect(missing).toEqual([]);
    },
  );

  it("is TypeScript, or nothing that could be executed here", () => {
    const others = blocks.filter(({ language }) => !/^(?:ts|js|text|sh|json|yaml)$/.test(language));
    expect(others.map(({ place, language }) => `${place}: ${language}`)).toEqual([]);
  });
});

describe("the search for blocks", () => {
  it("finds every fence of the doc comments", () => {
    const fences = sourceFiles("src").flatMap(({ text }) => text.match(/^ *\* ```\w+$/gm) ?? []);
    expect(docBlocks()).toHaveLength(fences.length);
  });

  it("finds every fence of the README", () => {
    const fences = sourceFile("README.md").text.match(/^ *```ts$/gm) ?? [];
    expect(shown.filter(({ path }) => path === "README.md")).toHaveLength(fences.length);
  });

  it("finds a block for every scene of its own", () => {
    expect(shown.map(({ place }) => place)).toEqual(
      expect.arrayContaining(Object.keys(OWN_SCENES)),
    );
  });
});
