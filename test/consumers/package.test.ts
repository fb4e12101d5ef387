import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXPORTED_NAMES } from "../structure/exported-names.ts";
import { builtFiles, loadedBy } from "./built-files.ts";
import { describeBuilt, proviso, strictOptions } from "./built-package.ts";
import { filesThatName, linksOf } from "./packed-pages.ts";
import { usePackedProject } from "./use-packed-project.ts";

const ENTRY_POINTS = {
  "ssm-run-command": "src/index.ts",
  "ssm-run-command/cloudwatch-logs": "src/cloudwatch-logs/index.ts",
  "ssm-run-command/fake": "src/fake/index.ts",
  "ssm-run-command/fake/node": "src/fake/node.ts",
  "ssm-run-command/explore": "src/explore/index.ts",
  "ssm-run-command/explore/fast-check": "src/explore/fast-check.ts",
} as const;
const FORMATS = [
  { format: "ESM", ending: ".js", script: ".mjs" },
  { format: "CommonJS", ending: ".cjs", script: ".cjs" },
] as const;

describeBuilt(`the packed package${proviso}`, { timeout: 60_000 }, () => {
  const project = usePackedProject();

  it("holds the reviewed files (another one: npx vitest run test/consumers/package.test.ts -u)", async () => {
    const files = project().packedFiles();
    await expect(`${files.join("\n")}\n`).toMatchFileSnapshot("packed-files.txt");
  });

  it("has no page with a link that leads nowhere in it", () => {
    const { pages, dead } = linksOf(project().package);
    expect({ hasReadme: pages.includes("README.md"), dead }).toEqual({ hasReadme: true, dead: [] });
  });

  it("has no source map, and no file that names one", async () => {
    const files = project().packedFiles();
    const naming = filesThatName(/sourceMappingURL/, join(project().package, "dist"));
    expect({ maps: files.filter((path) => path.endsWith(".map")), naming }).toEqual({
      maps: [],
      naming: [],
    });
  });

  it("names every file in `sideEffects` that does something on import: the entries for runners", async () => {
    const manifest = await project().read("node_modules/ssm-run-command/package.json");
    const entries = ["vitest", "jest"].flatMap((name) => [
      `./dist/${name}.js`,
      `./dist/${name}.cjs`,
    ]);
    expect(JSON.parse(manifest ?? "{}").sideEffects).toEqual(entries);
    const packed = project().packedFiles();
    expect(entries.filter((path) => !packed.includes(path.slice(2)))).toEqual([]);
  });

  describe.each(FORMATS)("as $format", ({ ending, script }) => {
    it.each(Object.entries(ENTRY_POINTS))("gives the reviewed names of %s", async (name, path) => {
      const load = script === ".mjs" ? `await import("${name}")` : `require("${name}")`;
      await project().write(
        `names${script}`,
        `console.log(JSON.stringify(Object.keys(${load}).sort()));`,
      );
      const names = [...(EXPORTED_NAMES[path]?.values ?? [])].sort();
      expect(await project().node(`names${script}`)).toEqual({
        exitCode: 0,
        output: `${JSON.stringify(names)}\n`,
      });
    });

    it("names every function and class as it is exported", async () => {
      const loads = Object.keys(ENTRY_POINTS).map((name) =>
        script === ".mjs" ? `await import("${name}")` : `require("${name}")`,
      );
      await project().write(
        `own-names${script}`,
        `const loaded = [${loads.join(", ")}];${OTHER_NAMES}`,
      );
      expect(await project().node(`own-names${script}`)).toEqual({ exitCode: 0, output: "[]\n" });
    });

    it("loads nothing of the fake, and no package but the SDK's client, with `.`", () => {
      const files = builtFiles(join(project().package, "dist"), ending);
      const { packages, sources } = loadedBy(`index${ending}`, files);
      const others = sources.filter((path) => /^src\/(?:fake|explore)\//.test(path));
      expect({ packages, others }).toEqual({ packages: ["@aws-sdk/client-ssm"], others: [] });
    });

    it("loads the fake, but nothing of Node, with `./fake`", () => {
      const files = builtFiles(join(project().package, "dist"), ending);
      const { packages, sources } = loadedBy(`fake/index${ending}`, files);
      expect(sources).toContain("src/fake/fake-ssm.ts");
      expect(packages).toEqual(["@aws-sdk/client-ssm", "yaml"]);
    });

    it("loads fast-check with `./explore/fast-check` alone", () => {
      const files = builtFiles(join(project().package, "dist"), ending);
      const packagesOf = (name: string) =>
        loadedBy(`${name}${ending}`, files).packages.filter((each) => !each.startsWith("node:"));
      expect(packagesOf("explore/index")).toEqual([
        "@aws-sdk/client-cloudwatch-logs",
        "@aws-sdk/client-ssm",
        "yaml",
      ]);
      expect(packagesOf("explore/fast-check")).toContain("fast-check");
    });

    it.each(["fake/index", "fake/node", "cloudwatch-logs"])(
      "loads nothing of explore with `./%s`",
      (name) => {
        const files = builtFiles(join(project().package, "dist"), ending);
        const { sources } = loadedBy(`${name}${ending}`, files);
        expect(sources.filter((path) => path.startsWith("src/explore/"))).toEqual([]);
      },
    );

    it.each(["vitest", "jest"])(
      "loads what is said of a report with `./%s`, and no world",
      (name) => {
        const files = builtFiles(join(project().package, "dist"), ending);
        const { sources } = loadedBy(`${name}${ending}`, files);
        expect(sources.filter((path) => path.startsWith("src/explore/"))).toEqual([
          "src/explore/report-text.ts",
          "src/explore/world.ts",
        ]);
      },
    );

    it.each([
      ["vitest", ["@aws-sdk/client-ssm", "vitest", "yaml"]],
      ["jest", ["@jest/globals"]],
    ])("loads its runner, and nothing of Node, with `./%s`", (name, wanted) => {
      const files = builtFiles(join(project().package, "dist"), ending);
      expect(loadedBy(`${name}${ending}`, files).packages).toEqual(wanted);
    });

    it("has every file of src once, so that no class has a twin", () => {
      const files = builtFiles(join(project().package, "dist"), ending);
      const sources = files.flatMap((file) => file.sources);
      expect(sources.filter((path, index) => sources.indexOf(path) !== index)).toEqual([]);
    });

    it("throws out of one entry point what is an instance of a class of another", async () => {
      await project().write(`twins${script}`, scriptOf(script, INSTANCE_ACROSS_ENTRY_POINTS));
      expect(await project().node(`twins${script}`)).toEqual({ exitCode: 0, output: "true\n" });
    });

    it("lets `await using` end a fake and its server", async () => {
      await project().write(`disposal${script}`, scriptOf(script, DISPOSAL));
      expect(await project().node(`disposal${script}`)).toEqual({
        exitCode: 0,
        output: "ECONNREFUSED 0\n",
      });
    });

    it("sends a command and waits for its end", async () => {
      await project().write(`smoke${script}`, scriptOf(script, SMOKE));
      expect(await project().node(`smoke${script}`)).toEqual({
        exitCode: 0,
        output: `${process.version} succeeded\n`,
      });
    });
  });

  it("runs on Node 22", { timeout: 120_000 }, async () => {
    await project().write("smoke.mjs", scriptOf(".mjs", SMOKE));
    expect(await project().nodeOf(22, "smoke.mjs")).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/^v22\.\S+ succeeded\n$/),
    });
  });

  it("compiles with Node's types and those of the SDK, all of them checked", async () => {
    const compilerOptions = strictOptions({
      module: "nodenext",
      moduleResolution: "nodenext",
      skipLibCheck: false,
    });
    const tsconfig = JSON.stringify({ compilerOptions, include: ["*.ts"] });
    await project().write("consumer/tsconfig.json", tsconfig);
    await project().write("consumer/consumer.ts", CONSUMER);
    expect(await project().tsc("consumer")).toEqual({ exitCode: 0, output: "" });
  });
});

/** A script for either kind of module. */
function scriptOf(script: ".mjs" | ".cjs", body: string): string {
  const names = {
    "ssm-run-command": "{ RunCommandClient, runShellScript }",
    "ssm-run-command/fake": "{ ClockResetError, FakeSsm, VirtualClock, succeeds, hangs }",
    "ssm-run-command/fake/node": "{ serveFakeSsm }",
  };
  const loads = Object.entries(names).map(([name, list]) =>
    script === ".mjs" ? `import ${list} from "${name}";` : `const ${list} = require("${name}");`,
  );
  return `${loads.join("\n")}\n(async () => {${body}})();`;
}

const SMOKE = `
  const fake = new FakeSsm();
  const node = fake.nodes.add({ behavior: succeeds({ after: "90s" }) });
  const runCommand = new RunCommandClient(fake.client());
  const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), InstanceIds: [node.instanceId] });
  const outcome = await sent.waitForTerminal();
  console.log(process.version, outcome.kind);
`;

/** What `await using` does at the end of a block; Node 20 has the symbols, and not the syntax. */
const DISPOSAL = `
  const fake = new FakeSsm();
  const served = await serveFakeSsm(fake);
  await fetch(served.url + "/_fake/health");
  await served[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
  const error = await fetch(served.url + "/_fake/health").catch((reason) => reason);
  console.log(error.cause.code, fake.journal.entries().length);
`;

/** Functions and classes whose `name` is not the one they are exported under. */
const OTHER_NAMES = `
  const exported = loaded.flatMap((names) => Object.entries(names));
  const functions = exported.filter(([, value]) => typeof value === "function");
  console.log(JSON.stringify(functions.filter(([name, { name: own }]) => own !== name)));
`;

/** The client waits on the clock of the fake; what the clock rejects with comes out of the client. */
const INSTANCE_ACROSS_ENTRY_POINTS = `
  class ResetWhenSleptOn extends VirtualClock {
    sleep(...given) {
      setImmediate(() => this.reset());
      return super.sleep(...given);
    }
  }
  const fake = new FakeSsm({ clock: new ResetWhenSleptOn({ skips: false }) });
  const node = fake.nodes.add({ behavior: hangs() });
  const runCommand = new RunCommandClient(fake);
  const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), InstanceIds: [node.instanceId] });
  const error = sent.waitForTerminal().catch((reason) => reason);
  console.log((await error) instanceof ClockResetError);
`;

const CONSUMER = `import type { SSMClient } from "@aws-sdk/client-ssm";
import { type CommandOutcome, RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { runsInShell } from "ssm-run-command/fake/node";

export async function deploy(ssm: SSMClient | FakeSsm): Promise<CommandOutcome["kind"]> {
  const request = { ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) };
  const sent = await new RunCommandClient(ssm).send(request);
  const outcome = await sent.waitForTerminal({ timeout: "5m" });
  return outcome.kind;
}
const fake = new FakeSsm({ nodes: [{ behavior: fails({ after: "90s" }) }, { behavior: runsInShell() }] });
export const kinds = [deploy(fake), deploy(fake.client())];
`;
