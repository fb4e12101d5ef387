import { beforeAll, describe, expect, it } from "vitest";
import { describeBuilt, proviso } from "./built-package.ts";
import { COMPILERS, Compiler, nativeCompiler, type Options } from "./compilers.ts";
import { usePackedProject } from "./use-packed-project.ts";

/** Without Node's types, and nothing skipped: the plainest project that a browser's code may have. */
const PLAIN = {
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  preserveSymlinks: true, // or the repository's own @types/node are found where the SDK really lies
} as const;
const MODULES = {
  node10: "commonjs",
  node16: "node16",
  nodenext: "nodenext",
  bundler: "esnext",
} as const;
type ModuleResolution = keyof typeof MODULES;
const RESOLUTIONS = ["node10", "node16", "nodenext", "bundler"] as const;
/** The user's file, which is an ES module or one of CommonJS, and what it has to find. */
const USERS = {
  node10: { file: "user.ts", declarations: entryPoints(".d.cts") },
  node16: { file: "user.cts", declarations: entryPoints(".d.cts") },
  nodenext: { file: "user.ts", declarations: entryPoints(".d.ts") },
  bundler: { file: "user.ts", declarations: entryPoints(".d.ts") },
} as const;
const MODERN = ["node16", "nodenext", "bundler"] as const;
const DISPOSABLE = ["es2022", "dom", "esnext.disposable"];

describeBuilt(`the packed declarations${proviso}`, { timeout: 120_000 }, () => {
  const project = usePackedProject({ lacks: ["@types"] });

  beforeAll(async () => {
    await project().write("user.ts", USER);
    await project().write("user.cts", USER);
    await project().write("using.ts", USING);
    await nativeCompiler();
  }, 300_000);

  describe.each(COMPILERS)("under TypeScript %s", (version) => {
    let compiler: Compiler;

    beforeAll(async () => {
      compiler = await Compiler.load(version);
    }, 60_000);

    it.each(RESOLUTIONS)("compile without Node's types, moduleResolution %s", (resolution) => {
      const { file, declarations } = USERS[resolution];
      const isDeprecated = version === "6.0" && resolution === "node10";
      const options = {
        ...plain(resolution),
        ...(isDeprecated && { ignoreDeprecations: "6.0" }),
      };
      expect(compiler.check(project().folder, { file, options })).toEqual({
        errors: [],
        declarations: expect.arrayContaining(declarations),
        hasNodeTypes: false,
      });
    });

    // `await using` came with TypeScript 5.2.
    if (version !== "5.0") {
      it("let a fake and a server be held by `await using`", () => {
        const options = { ...plain("bundler"), lib: DISPOSABLE };
        const { errors } = compiler.check(project().folder, { file: "using.ts", options });
        expect(errors).toEqual([]);
      });
    }
  });

  describe("under TypeScript 7", () => {
    it.each(MODERN)("compile without Node's types, moduleResolution %s", async (resolution) => {
      expect(await nativeErrors(plain(resolution), USERS[resolution].file)).toEqual([]);
    });

    it("let a fake and a server be held by `await using`", async () => {
      expect(await nativeErrors({ ...plain("bundler"), lib: DISPOSABLE }, "using.ts")).toEqual([]);
    });
  });

  /** All that TypeScript 7 says, but for what the SDK's declarations lack without Node's types. */
  async function nativeErrors(compilerOptions: Options, file: string): Promise<readonly string[]> {
    await project().write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
    const { output } = await project().node(await nativeCompiler(), "--project", ".");
    return output
      .split("\n")
      .filter((line) => line !== "" && !/^node_modules\/(?:@aws-sdk|@smithy)\//.test(line));
  }
});

/** The declarations of the entry points that need no runner and no fast-check. */
function entryPoints(ending: ".d.ts" | ".d.cts"): string[] {
  return ["index", "cloudwatch-logs", "fake/index", "fake/node", "explore/index"].map(
    (name) => `dist/${name}${ending}`,
  );
}

function plain(moduleResolution: ModuleResolution): Options {
  return { ...PLAIN, module: MODULES[moduleResolution], moduleResolution };
}

const USER = `import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { type CommandOutcome, RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { type CommandOutput, readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { type ExploreReport, explore, type World, type WorldArgument } from "ssm-run-command/explore";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { runsInShell, serveFakeSsm } from "ssm-run-command/fake/node";

export async function deploy(ssm: SSMClient | FakeSsm): Promise<CommandOutcome> {
  const request = { ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) };
  const sent = await new RunCommandClient(ssm).send(request);
  return sent.waitForTerminal({ timeout: "5m" });
}
export async function outputOf(fake: FakeSsm): Promise<readonly CommandOutput[]> {
  return readCommandOutput(new CloudWatchLogsClient(fake.logs.clientConfig()), await deploy(fake));
}
export const bucketOf = (fake: FakeSsm): S3Client => new S3Client(fake.objects.clientConfig());
export async function handled(fake: FakeSsm): Promise<void> {
  const handler = async (event: { detail: { status: string }; resources: string[] }): Promise<void> => {};
  for (const event of fake.notifications.events()) await handler(event);
}
export async function look({ ssm, logs, target, signal }: WorldArgument): Promise<string> {
  const sent = await new RunCommandClient(ssm).send({ ...runShellScript("./deploy.sh"), ...target });
  const { kind, commandId } = { ...(await sent.waitForTerminal({ signal })), commandId: sent.commandId };
  const read = await readCommandOutput(logs, await new RunCommandClient(ssm).waitForTerminal(commandId));
  return read.length > 1_000 ? "failed" : kind;
}
export async function explored(): Promise<ExploreReport> {
  const world: World = { name: "a node fails", nodes: [{ behavior: fails({ after: "90s" }) }] };
  const report = await explore(look, { worlds: ["nothing in tag", world], random: 5, seed: 7 });
  report.throwIfWrong();
  return report;
}
// @ts-expect-error A world has its nodes.
export const unfinished: World = { name: "a node fails" };
export async function serve(): Promise<string> {
  const behavior = fails({ after: "90s" });
  const { url, close } = await serveFakeSsm(
    new FakeSsm({ nodes: [{ behavior }, { behavior: runsInShell() }] }),
  );
  await close();
  return url;
}
// @ts-expect-error A duration has its unit.
export const wrong = fails({ after: "90" });
`;

const USING = `import { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";

export async function look(): Promise<string> {
  await using fake = new FakeSsm();
  await using served = await serveFakeSsm(fake);
  const disposals: readonly (() => Promise<void>)[] = [
    () => fake[Symbol.asyncDispose](),
    served[Symbol.asyncDispose],
  ];
  // @ts-expect-error It is a function.
  const wrong: string = served[Symbol.asyncDispose];
  return \`\${served.url} \${disposals.length} \${wrong}\`;
}
`;
