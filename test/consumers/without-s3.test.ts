import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { bundleOf } from "../../bench/bundles.ts";
import { describeBuilt, proviso } from "./built-package.ts";
import { usePackedProject } from "./use-packed-project.ts";

const INSTALLED = ["@aws-sdk/client-ssm", "@aws-sdk/client-cloudwatch-logs"] as const;
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Prints what somebody is told who wants to read from S3 all the same. */
const PROGRAM = `
const command = { CommandId: "c", OutputS3BucketName: "bucket" };
const s3 = { config: {}, send: async () => ({}) };
readCommandOutput(undefined, { kind: "succeeded", command, invocations: [] }, { s3 }).catch((error) => console.log(error.message));
`;

describeBuilt(`the package without @aws-sdk/client-s3${proviso}`, { timeout: 60_000 }, () => {
  const project = usePackedProject({ lacks: ["@aws-sdk"] });

  beforeAll(async () => {
    for (const name of INSTALLED) {
      const path = join("node_modules", name);
      await project().link(path, join(REPOSITORY, path));
    }
  });

  it.each([
    ["read.mjs", 'import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";'],
    ["read.cjs", 'const { readCommandOutput } = require("ssm-run-command/cloudwatch-logs");'],
  ])("is loaded, and says what it lacks when it reads from S3 (%s)", async (file, load) => {
    await project().write(file, `${load}${PROGRAM}`);
    const { output } = await project().node(file);
    expect(output.trim()).toBe(
      "readCommandOutput() could not load @aws-sdk/client-s3, which it needs to read from S3. Install it, and leave it outside of a bundle or put it in.",
    );
  });

  it("is bundled, and the bundle loads the other packages only", async () => {
    const { folder } = project();
    const code = 'export { readCommandOutput } from "ssm-run-command/cloudwatch-logs";';
    const { loads } = await bundleOf(code, { folder, external: INSTALLED });
    expect(loads.filter((name) => name !== "@aws-sdk/client-s3")).toEqual([...INSTALLED].sort());
  });

  it.each(["d.ts", "d.cts"])("has types that do not need it (%s)", async (ending) => {
    const path = `node_modules/ssm-run-command/dist/cloudwatch-logs.${ending}`;
    const imported = [...((await project().read(path)) ?? "").matchAll(/ from ['"](@[^'"]+)['"]/g)];
    expect(imported.map(([, name]) => name)).toEqual(["@aws-sdk/client-cloudwatch-logs"]);
  });
});
