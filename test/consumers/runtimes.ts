import { join } from "node:path";
import { type ExactVersions, installedPackages } from "../support/installed-packages.ts";

/** What runs JavaScript, beside the Node that runs these tests. */
export type Runtime = "node-22" | "node-24" | "bun" | "deno";

/** How Bun names the architectures. */
const BUN_ARCH: Readonly<Record<string, string>> = { arm64: "aarch64" };
const { platform, arch } = process;

/**
 * The package that is the program and nothing else. `node`, `bun` and `deno` fetch it in a script of their own, and scripts
 * stay off.
 */
const PROGRAMS: Readonly<Record<Runtime, { package: string; version: string; bin: string }>> = {
  "node-22": { package: nodePackage(), version: "22.23.3", bin: "bin" },
  "node-24": { package: nodePackage(), version: "24.21.0", bin: "bin" },
  bun: {
    package: `@oven/bun-${platform}-${BUN_ARCH[arch] ?? arch}`,
    version: "1.4.5",
    bin: "bin",
  },
  deno: {
    package: `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`,
    version: "2.9.6",
    bin: "",
  },
};

/** The folder with the program of a runtime, to be put into PATH. What is not installed yet is installed. */
export async function installRuntime(runtime: Runtime): Promise<string> {
  const { package: name, version, bin } = PROGRAMS[runtime];
  const folder = await installedPackages(join("runners", runtime), { [name]: version });
  return join(folder, "node_modules", name, bin);
}

/** The folder of the packages of a runner, each of which finds the others there. */
export async function installRunner(name: string, versions: ExactVersions): Promise<string> {
  return join(await installedPackages(join("runners", name), versions), "node_modules");
}

function nodePackage(): string {
  return `${platform === "darwin" && arch === "arm64" ? "node-bin" : "node"}-${platform}-${arch}`;
}
