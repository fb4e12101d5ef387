import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { type Telling, tellStory } from "./determinism-story.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TOLD_BY_CHILD = `
  const { tellStory } = await import("./test/fake/determinism-story.ts");
  process.stdout.write(JSON.stringify(await tellStory(7)));
`;

/** The story of another process, with another time zone and language and without a test runner. */
async function toldIn(zone: string, language: string): Promise<Telling> {
  const args = ["--import", "tsx", "--input-type=module", "--eval", TOLD_BY_CHILD];
  const env = { ...process.env, TZ: zone, LC_ALL: language, LANG: language };
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env,
    maxBuffer: 64 * 2 ** 20,
  });
  const told: Telling = JSON.parse(stdout);
  return told;
}

describe("two runs with the same seed", () => {
  it("give the same bytes", async () => {
    expect((await tellStory(7)).story).toBe((await tellStory(7)).story);
  });

  it.each([
    ["Pacific/Chatham", "tr_TR.UTF-8", "Pacific/Chatham tr-TR"],
    ["America/St_Johns", "ar_EG.UTF-8", "America/St_Johns ar-EG"],
  ])(
    "give the same bytes in another process, with the time zone %s and the language %s",
    async (zone, language, place) => {
      const [here, there] = await Promise.all([tellStory(7), toldIn(zone, language)]);
      expect(there).toEqual({ story: here.story, place });
    },
    30_000,
  );
});

describe("two runs with different seeds", () => {
  it("give different bytes", async () => {
    expect((await tellStory(7)).story).not.toBe((await tellStory(8)).story);
  });
});
