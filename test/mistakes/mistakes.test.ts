import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import type { Mistake } from "./mistake.ts";
import { MISTAKES_OF_ASSERTIONS } from "./of-assertions.ts";
import { MISTAKES_OF_CALLERS } from "./of-callers.ts";
import { MISTAKES_OF_NODES } from "./of-nodes.ts";
import { MISTAKES_OF_THE_FAKE } from "./of-the-fake.ts";

const MISTAKES = {
  ...MISTAKES_OF_THE_FAKE,
  ...MISTAKES_OF_NODES,
  ...MISTAKES_OF_CALLERS,
  ...MISTAKES_OF_ASSERTIONS,
};

const instanceId = "i-0123456789abcdef0";

/** What a mistake is told: the error, or else a sentence on the console; nothing if it is silent. */
async function toldOf({ make }: Mistake): Promise<string | undefined> {
  const sentences: unknown[] = [];
  vi.spyOn(console, "warn").mockImplementation((sentence) => sentences.push(sentence));
  const fake = new FakeSsm({ nodes: [{ instanceId, tags: { Role: "web" } }] });
  try {
    await make({ fake, instanceId });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = error.cause instanceof Error ? ` (${error.cause.message})` : "";
    return `${error.name}: ${error.message}${why}`;
  } finally {
    await fake.reset().catch(() => {});
    vi.restoreAllMocks();
  }
  const [sentence] = sentences;
  return sentence === undefined ? undefined : `on the console: ${String(sentence)}`;
}

describe("a typical mistake", () => {
  it("is told, each with what to do, word for word", async () => {
    const lines: string[] = [];
    for (const [subject, mistakes] of Object.entries(MISTAKES)) {
      lines.push(`## ${subject}`, "");
      for (const mistake of mistakes) {
        lines.push(mistake.code, `  ${(await toldOf(mistake)) ?? "SILENT"}`, "");
      }
    }
    await expect(lines.join("\n")).toMatchFileSnapshot("told.txt");
  });

  it("is never silent, and at least sixty are known", async () => {
    const mistakes = Object.values(MISTAKES).flat();
    const silent: string[] = [];
    for (const mistake of mistakes) {
      if ((await toldOf(mistake)) === undefined) silent.push(mistake.code);
    }
    expect(silent).toEqual([]);
    expect(mistakes.length).toBeGreaterThanOrEqual(60);
  });
});
