import { createRequire } from "node:module";

/** The version in the package's own package.json, found by its name, which works from the sources and when built. */
export function ownVersion(): string {
  const own = createRequire(import.meta.url)("ssm-run-command/package.json") as {
    readonly version: string;
  };
  return own.version;
}
