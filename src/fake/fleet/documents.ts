import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { FakeSsm } from "../fake-ssm.ts";
import type { FleetMistake } from "./check.ts";
import type { OffsetOf } from "./nodes.ts";

/**
 * A document of a fleet file.
 *
 * @inline
 */
export type FleetDocument = {
  /** Its name. */
  readonly name: string;
  /** The text of its file, in JSON or YAML. */
  readonly content: string;
};

/** A document as a fleet file has it. */
export interface WrittenDocument {
  readonly name: string;
  readonly file: string;
}

/** Reads the files of documents, and finds those that the service would refuse. */
export async function readDocuments(
  written: readonly WrittenDocument[],
  { folder, offsetOf }: { readonly folder: string; readonly offsetOf: OffsetOf },
): Promise<{
  readonly documents: readonly FleetDocument[];
  readonly mistakes: readonly FleetMistake[];
}> {
  const documents: FleetDocument[] = [];
  const mistakes: FleetMistake[] = [];
  // A separate fake shows whether the service would take them.
  const fake = new FakeSsm();
  for (const [index, { name, file }] of written.entries()) {
    const offset = offsetOf(["documents", index, "file"]);
    try {
      const content = await readFile(resolve(folder, file), "utf8");
      await fake.documents.add(name, content);
      documents.push({ name, content });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      mistakes.push({
        offset,
        what: `documents[${index}].file is ${file}, which cannot be used: ${asSentence(why)}`,
      });
    }
  }
  return { documents, mistakes };
}

/** The first line of a text, with a full stop. */
export function asSentence(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
