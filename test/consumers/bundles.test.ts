import { describe, expect, it } from "vitest";
import { type Bundle, bundleOf, MEASURED_IMPORTS } from "../../bench/bundles.ts";
import { describeBuilt, proviso } from "./built-package.ts";
import { usePackedProject } from "./use-packed-project.ts";

const [twoHelpers] = MEASURED_IMPORTS;
const SDK = ["@aws-sdk/*"] as const;

describeBuilt(`a bundle of the packed package${proviso}`, { timeout: 60_000 }, () => {
  const project = usePackedProject();

  const bundle = (code: string, external: readonly string[] = SDK): Promise<Bundle> =>
    bundleOf(code, { folder: project().folder, external });

  it.each(MEASURED_IMPORTS)("of $name takes no more than its limit", async ({ code, limit }) => {
    expect((await bundle(code)).zipped).toBeLessThanOrEqual(limit);
  });

  describe.each([
    ["left outside", SDK],
    ["bundled, too", []],
  ])("of two helpers, the SDK being %s,", (_, external) => {
    it("takes at most a kilobyte", async () => {
      expect((await bundle(twoHelpers.code, external)).zipped).toBeLessThanOrEqual(1_024);
    });

    it("has nothing but files of the package, and loads no other", async () => {
      const { files, loads } = await bundle(twoHelpers.code, external);
      const foreign = files.filter(
        (path) => !path.startsWith("node_modules/ssm-run-command/dist/"),
      );
      expect({ isEmpty: files.length === 0, foreign, loads }).toEqual({
        isEmpty: false,
        foreign: [],
        loads: [],
      });
    });
  });

  it.each(["vitest", "jest"])(
    "of ssm-run-command/%s keeps what it does on import",
    async (runner) => {
      const external = [...SDK, "vitest", "@jest/globals", "yaml"];
      const { code } = await bundle(`import "ssm-run-command/${runner}";`, external);
      expect(code).toMatch(/\bextend\(/);
    },
  );

  it.each(["vitest", "jest"])(
    "of anything else has nothing of ssm-run-command/%s",
    async (runner) => {
      const external = [...SDK, "vitest", "@jest/globals", "yaml"];
      const code = 'export { FakeSsm, assertSent } from "ssm-run-command/fake";';
      const { files, loads } = await bundle(code, external);
      expect(files.some((path) => path.endsWith(`/dist/${runner}.js`))).toBe(false);
      expect(loads).not.toContain(runner === "jest" ? "@jest/globals" : "vitest");
    },
  );

  // Given by its path and not by its name, so that what `sideEffects` promises is not what empties it.
  it.each(["index.js", "cloudwatch-logs.js"])(
    "of %s alone is only the imports of the SDK",
    async (file) => {
      await project().copy("node_modules/ssm-run-command/dist", "unpromised");
      const { code } = await bundle(`import "./unpromised/${file}";`);
      expect(
        code.replaceAll(/import"@aws-sdk\/[a-z-]+";|import\{[^}]*\}from"@aws-sdk\/[a-z-]+";/g, ""),
      ).toBe("\n");
    },
  );
});
