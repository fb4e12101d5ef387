import { describe, expect, it } from "vitest";
import { masked, withScratch } from "./masks.ts";

const FOLDER = "/tmp/agent-case-x1";

describe("a mask", () => {
  it.each([
    ["/tmp/run-a/_script.sh: 2: a: not found", "<script>: 2: a: not found"],
    [`cat "/var/lib/_script.sh" '/x/_script.ps1'`, `cat "<script>" '<script>'`],
    ["_script.sh", "_script.sh"],
    ["id 0B7e2f6c-1d3a-4c5b-8e9f-a0b1c2d3e4f5.", "id <id>."],
    ["0b7e2f6c-1d3a-4c5b-8e9f", "0b7e2f6c-1d3a-4c5b-8e9f"],
    [`${FOLDER}/m and ${FOLDER}`, "@SCRATCH@/m and @SCRATCH@"],
    [`${FOLDER}/_script.sh`, "<script>"],
    ["  two  spaces\t\n'quotes' /usr/bin/sh", "  two  spaces\t\n'quotes' /usr/bin/sh"],
  ])("makes %j into %j", (found, plain) => {
    expect(masked(found, FOLDER)).toBe(plain);
  });

  it("is taken off a document by the scratch folder", () => {
    expect(withScratch("touch @SCRATCH@/a @SCRATCH@/b", FOLDER)).toBe(
      `touch ${FOLDER}/a ${FOLDER}/b`,
    );
  });
});
