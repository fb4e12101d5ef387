import { LineCounter, parseDocument } from "yaml";
import { type FleetMistake, mistakesIn } from "./check.ts";
import { asSentence } from "./documents.ts";
import type { OffsetOf } from "./nodes.ts";
import { FLEET } from "./shapes.ts";

/** The text of a fleet file, parsed. */
export interface FleetTree {
  /** What is wrong with its syntax, or if nothing is, with its shapes. */
  readonly mistakes: readonly FleetMistake[];
  /** The file as plain data; undefined if there are mistakes. */
  readonly value: unknown;
  readonly offsetOf: OffsetOf;
  /** The line of an offset, counted from 1. */
  readonly lineOf: (offset: number) => number;
}

/**
 * Parses YAML or JSON, which is YAML, too. Everything that needs the parser is imported here, so that the parser is loaded
 * late.
 */
export function parseFleet(text: string): FleetTree {
  const lines = new LineCounter();
  const tree = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const ofSyntax = tree.errors.map(({ pos: [offset], message }) => ({
    offset,
    what: asSentence(message),
  }));
  const mistakes = ofSyntax.length > 0 ? ofSyntax : mistakesIn(tree.contents, FLEET);
  return {
    mistakes,
    // Aliases are mistakes, so that there are none to follow here.
    value: mistakes.length > 0 ? undefined : tree.toJS({ maxAliasCount: 0 }),
    offsetOf: (path) => startOf(tree.getIn(path, true)),
    lineOf: (offset) => lines.linePos(offset).line,
  };
}

function startOf(node: unknown): number {
  const isPlaced = typeof node === "object" && node !== null && "range" in node;
  const range: unknown = isPlaced ? node.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : 0;
}
