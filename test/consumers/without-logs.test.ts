import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { bundleOf } from "../../bench/bundles.ts";
import { describeBuilt, proviso } from "./built-package.ts";
import { usePackedProject } from "./use-packed-project.ts";

const SSM = "@aws-sdk/client-ssm";
const LOGS = "@aws-sdk/client-cloudwatch-logs";
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Prints what a function finds in its world. */
const PROGRAM = `
const look = ({ logs, logsConfig, ssm }) => {
  console.log(logs, logsConfig.CloudWatchOutputEnabled, typeof ssm.send);
};
explore(look, { worlds: [{ name: "one", nodes: [{}] }] })
  .then(({ wrong: [entry] }) => console.log(entry.verdict, entry.code.includes("CloudWatchLogsClient")));
`;
/** The package as it is where its files cannot be read, or are broken. */
const BROKEN = 'throw new RangeError("It is broken.");';

describeBuilt(`explore without ${LOGS} and fast-check${proviso}`, { timeout: 60_000 }, () => {
  const project = usePackedProject({ lacks: ["@aws-sdk", "fast-check"] });

  beforeAll(async () => {
    const path = join("node_modules", SSM);
    await project().link(path, join(REPOSITORY, path));
  });

  it.each([
    ["look.mjs", 'import { explore } from "ssm-run-command/explore";'],
    ["look.cjs", 'const { explore } = require("ssm-run-command/explore");'],
  ])("runs functions, which get no client of CloudWatch Logs (%s)", async (file, load) => {
    await project().write(file, `${load}${PROGRAM}`);
    const { output } = await project().node(file);
    expect(output.trim().split("\n")[0]).toBe("undefined true function");
    expect(output).toContain("lied false\n");
  });

  it("is bundled, and the bundle loads no other package", async () => {
    const { folder } = project();
    const code = 'export { explore } from "ssm-run-command/explore";';
    const external = [SSM, LOGS, "yaml", "node:*"];
    const { loads } = await bundleOf(code, { folder, external });
    expect(loads.filter((name) => !name.startsWith("node:"))).toEqual([LOGS, SSM, "yaml"]);
  });

  it.each([
    ["broken.mjs", 'import { explore } from "ssm-run-command/explore";'],
    ["broken.cjs", 'const { explore } = require("ssm-run-command/explore");'],
  ])(
    "does not take a package that is broken for one that is not there (%s)",
    async (file, load) => {
      await project().write(`node_modules/${LOGS}/package.json`, JSON.stringify({ main: "a.js" }));
      await project().write(`node_modules/${LOGS}/a.js`, BROKEN);
      await project().write(
        file,
        `${load}explore(() => {}).catch((error) => console.log(error.name));`,
      );
      expect((await project().node(file)).output).toBe("RangeError\n");
    },
  );
});
