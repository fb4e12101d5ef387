import { compileGoPattern } from "../../../../src/fake/documents/patterns/re2.ts";

/** Whether a pattern is found in a string, or the complaint about it. */
export function found(pattern: string, text: string): boolean | string {
  const compiled = compileGoPattern(pattern);
  return compiled.ok ? compiled.matches(text) : compiled.error;
}

/** Those of the strings in which a pattern is found. */
export function foundIn(pattern: string, texts: readonly string[]): readonly string[] {
  return texts.filter((text) => found(pattern, text) === true);
}
