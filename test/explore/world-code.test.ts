import { inVirtualTime } from "ssm-run-command/fake/node";
import { describe, expect, it } from "vitest";
import { worldCode } from "../../src/explore/code/world-code.ts";
import { openWorld } from "../../src/explore/open-world.ts";
import { EXAMPLE_WORLDS } from "./example-worlds.ts";
import { pollUntilDone } from "./poll-until-done.ts";
import { runWorldCode } from "./run-world-code.ts";

describe("code of a world", () => {
  it.each(EXAMPLE_WORLDS)("does what the world does: $name", async (world) => {
    const seed = 7;
    const opened = openWorld(world, { seed });
    const argument = {
      ...opened,
      ssm: opened.fake.client(),
      logs: undefined as never,
      signal: new AbortController().signal,
    };
    const run = () => inVirtualTime(opened.fake, () => pollUntilDone(argument));
    const said = await run().catch((error: unknown) => String(error));
    await opened.fake.clock.sleep("4h");

    const code = worldCode(world, { functionName: "", seed, comment: world.name });
    const got: string[] = [];
    const yourFunction = async (given: typeof argument) => {
      const word = await pollUntilDone(given).catch((error: unknown) => String(error));
      got.push(word);
    };
    const fake = await runWorldCode(code, { yourFunction });
    await fake.clock.sleep("4h");
    expect(got).toEqual([said]);
    expect(fake.timeline()).toBe(opened.fake.timeline());
    expect(fake.journal.entries().map(({ operation, at }) => [operation, at])).toEqual(
      opened.fake.journal.entries().map(({ operation, at }) => [operation, at]),
    );
  });
});
