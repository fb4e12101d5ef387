import type { PluginRun } from "./behavior.ts";
import type { Streams } from "./output-files.ts";

/** What a behavior shows of its output, both streams. @throws TypeError for anything else. */
export function checkShown(given: Parameters<PluginRun["showOutput"]>[0]): Streams {
  const shown: unknown = given;
  if (typeof shown !== "object" || shown === null || Array.isArray(shown)) {
    throw new TypeError(`showOutput() was given ${inWords(shown)}. Give it { stdout, stderr }.`);
  }
  for (const [name, text] of Object.entries(shown)) {
    if (name !== "stdout" && name !== "stderr") {
      throw new TypeError(`showOutput() was given ${name}. Give it { stdout, stderr }.`);
    }
    if (text !== undefined && typeof text !== "string") {
      throw new TypeError(
        `showOutput() was given ${inWords(text)} as ${name}. Give it the text so far, from its beginning.`,
      );
    }
  }
  const { stdout = "", stderr = "" } = given;
  return { stdout, stderr };
}

/** What a behavior warns of, in one line. @throws TypeError for what is no text. */
export function checkSentence(given: string): string {
  const said: unknown = given;
  if (typeof said === "string" && said.trim() !== "") return said.trim().replace(/\s*\n\s*/g, " ");
  throw new TypeError(`warn() was given ${inWords(said)}. Give it a sentence.`);
}

/** What a behavior keeps for the end of the fake. @throws TypeError for what is no function. */
export function checkCleanUp<F>(given: F): F {
  if (typeof given === "function") return given;
  throw new TypeError(`whenFakeEnds() was given ${inWords(given)}. Give it a function.`);
}

function inWords(given: unknown): string {
  return typeof given === "string" ? JSON.stringify(given) : String(given);
}
