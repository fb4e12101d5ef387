import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type * as ours from "ssm-run-command";

/** A mistake, as a change of a file of the client. */
export interface PlantedMistake {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Our own client with mistakes in it: a bundle of its source, changed on the way. */
export async function plantedClient(
  mistakes: readonly PlantedMistake[],
): Promise<typeof ours.RunCommandClient> {
  const folder = await mkdtemp(join(ROOT, "node_modules/.planted-"));
  const planted = new Set<PlantedMistake>();
  try {
    const { outputFiles } = await build({
      entryPoints: [join(ROOT, "src/index.ts")],
      ...{ bundle: true, write: false, format: "esm", platform: "node", packages: "external" },
      plugins: [
        {
          name: "mistakes",
          setup: ({ onLoad }) => {
            onLoad({ filter: /\.ts$/ }, async ({ path }) => {
              let contents = await readFile(path, "utf8");
              for (const mistake of mistakes) {
                if (!path.endsWith(mistake.file) || !contents.includes(mistake.from)) continue;
                contents = contents.replace(mistake.from, mistake.to);
                planted.add(mistake);
              }
              return { contents, loader: "ts" };
            });
          },
        },
      ],
    });
    if (planted.size < mistakes.length) throw new Error("The source has changed: plant it anew.");
    const file = join(folder, "client.mjs");
    await writeFile(file, outputFiles[0]?.text ?? "");
    // The source that it was made of has this type.
    const module = (await import(pathToFileURL(file).href)) as typeof ours;
    return module.RunCommandClient;
  } finally {
    await rm(folder, { recursive: true });
  }
}
