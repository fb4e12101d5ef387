import { readdirSync } from "node:fs";

/** The files of recorded scenarios beside this one, by name. */
export function scenarioFiles(): readonly URL[] {
  return readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => new URL(name, import.meta.url));
}
