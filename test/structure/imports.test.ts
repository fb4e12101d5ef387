import { describe, expect, it } from "vitest";
import { breachesOf, IMPORT_TABLE, loadedBy } from "./imports.ts";
import { sourceFiles } from "./source-files.ts";

const files = sourceFiles("src");

describe("the files of src", () => {
  it("import what the table allows and do nothing that it forbids", () => {
    expect(files.flatMap(breachesOf)).toEqual([]);
  });

  it("load nothing of the fake with the entry point of production", () => {
    expect([...loadedBy("index.ts", files)].filter((name) => name.startsWith("fake/"))).toEqual([]);
  });

  it.each(["index.ts", "fake/index.ts", "fake/node.ts", "cloudwatch-logs/index.ts"])(
    "load nothing of explore with %s",
    (entry) => {
      const loaded = [...loadedBy(entry, files)];
      expect(loaded.filter((name) => name.startsWith("explore/"))).toEqual([]);
    },
  );

  it.each(["matchers/vitest.ts", "matchers/jest.ts"])(
    "load nothing but the text of a report of explore with %s",
    (entry) => {
      const loaded = [...loadedBy(entry, files)];
      expect(loaded.filter((name) => name.startsWith("explore/"))).toEqual([
        "explore/report-text.ts",
        "explore/world.ts",
      ]);
    },
  );

  it.each(["explore/index.ts", "matchers/vitest.ts", "matchers/jest.ts"])(
    "load no fast-check with %s",
    (entry) => {
      expect([...loadedBy(entry, files)]).not.toContain("fast-check");
    },
  );

  it.each(["index.ts", "fake/index.ts"])("load nothing of Node with %s", (entry) => {
    expect([...loadedBy(entry, files)].filter((name) => name.startsWith("node:"))).toEqual([]);
  });
});

describe("the table", () => {
  it.each(IMPORT_TABLE)("speaks of files that are there: $of", ({ of }) => {
    expect(files.some(({ path }) => path.startsWith(`src/${of}`))).toBe(true);
  });

  it.each([
    ["client/a.ts", `import { FakeSsm } from "../fake/fake-ssm.ts";`, "imports fake/fake-ssm.ts"],
    ["client/a.ts", `import type { F } from "../fake/a.ts";`, "imports types of fake/a.ts"],
    ["client/a.ts", `import fs from "node:fs";`, "imports node:fs"],
    ["client/a.ts", `const isFake = true;`, "must never know that a fake exists"],
    ["domain/a.ts", `import { SSM } from "@aws-sdk/client-ssm";`, "imports @aws-sdk/client-ssm"],
    ["domain/a.ts", `import {\n  type A,\n  B,\n} from "../time/a.ts";`, "imports time/a.ts"],
    ["domain/a.ts", `let state = 1;`, "must never keep state"],
    ["time/a.ts", `export { Status } from "../domain/a.ts";`, "imports domain/a.ts"],
    ["time/a.ts", `const ssm = 1;`, "must never know AWS"],
    ["fake/engine/a.ts", `await import("../agents/a.ts");`, "imports fake/agents/a.ts"],
    ["fake/engine/a.ts", `import { toMs } from "../../time/a.ts";`, "imports time/a.ts"],
    ["fake/engine/a.ts", `const at = Date.now();`, "must never read a clock"],
    ["fake/engine/a.ts", `const id = crypto.randomUUID();`, "must never make an id"],
    ["fake/documents/a.ts", `async function read() {}`, "must never be async"],
    ["fake/engine/a.ts", `const seen = new WeakMap();`, "must never keep state"],
    [
      "fake/engine/a.ts",
      `function f(state: State) { state.next++; }`,
      "must never change what it is given",
    ],
    ["fake/agents/agent-run.ts", `const at = clock.now();`, "must never read a clock"],
    ["fake/agents/process.ts", `await work;`, "must never be async"],
    [
      "fake/agents/a.ts",
      `import { nextRollout } from "../engine/a.ts";`,
      "imports fake/engine/a.ts",
    ],
    ["fake/agents/a.ts", `import { Nodes } from "../account/a.ts";`, "imports fake/account/a.ts"],
    ["fake/agents/a.ts", `import "node:os";`, "imports node:os"],
    ["fake/calls/a.ts", `import { a } from "../account/a.ts";`, "imports fake/account/a.ts"],
    ["fake/calls/a.ts", `import { a } from "../logs/a.ts";`, "imports fake/logs/a.ts"],
    ["fake/calls/a.ts", `const target = "x-amz-target";`, "must never know a protocol"],
    ["fake/account/a.ts", `import { a } from "../calls/a.ts";`, "imports fake/calls/a.ts"],
    ["fake/account/a.ts", `import { a } from "../runtime/a.ts";`, "imports fake/runtime/a.ts"],
    ["fake/account/a.ts", `import { a } from "../ssm/a.ts";`, "imports fake/ssm/a.ts"],
    ["fake/runtime/a.ts", `import { a } from "../ssm/a.ts";`, "imports fake/ssm/a.ts"],
    ["fake/runtime/a.ts", `import { a } from "../calls/a.ts";`, "imports fake/calls/a.ts"],
    ["fake/runtime/a.ts", `import { a } from "../reports/a.ts";`, "imports fake/reports/a.ts"],
    ["fake/ssm/a.ts", `import { a } from "../reports/a.ts";`, "imports fake/reports/a.ts"],
    [
      "fake/ssm/commands/a.ts",
      `import { a } from "../../adapters/a.ts";`,
      "imports fake/adapters/a.ts",
    ],
    ["fake/ssm/nodes/a.ts", `const statusCode = 400;`, "must never know a protocol"],
    ["fake/logs/a.ts", `import { a } from "../account/a.ts";`, "imports fake/account/a.ts"],
    ["fake/logs/operations/a.ts", `import { a } from "../../ssm/a.ts";`, "imports fake/ssm/a.ts"],
    ["fake/reports/a.ts", `import { a } from "../runtime/a.ts";`, "imports fake/runtime/a.ts"],
    ["fake/reports/a.ts", `import { a } from "../ssm/a.ts";`, "imports fake/ssm/a.ts"],
    ["fake/adapters/a.ts", `export * from "../engine/a.ts";`, "imports fake/engine/a.ts"],
    ["fake/adapters/a.ts", `import { a } from "../account/a.ts";`, "imports fake/account/a.ts"],
    ["fake/adapters/sdk/a.ts", `import { a } from "../../ssm/a.ts";`, "imports fake/ssm/a.ts"],
    [
      "fake/adapters/object/a.ts",
      `import { a } from "../../runtime/a.ts";`,
      "imports fake/runtime/a.ts",
    ],
    ["fake/adapters/http/a.ts", `import { createServer } from "node:http";`, "imports node:http"],
    ["fake/fleet/a.ts", `import { a } from "../runtime/a.ts";`, "imports fake/runtime/a.ts"],
    ["fake/result.ts", `import { a } from "./calls/a.ts";`, "imports fake/calls/a.ts"],
    ["cloudwatch-logs/a.ts", `import { F } from "../fake/a.ts";`, "imports fake/a.ts"],
    ["cloudwatch-logs/index.ts", `export const one = 1;`, "must never hold logic"],
    [
      "explore/a.ts",
      `import { LogsClient } from "@aws-sdk/client-cloudwatch-logs";`,
      "imports @aws-sdk/client-cloudwatch-logs",
    ],
    ["explore/a.ts", `import fc from "fast-check";`, "imports fast-check"],
    ["explore/index.ts", `export const one = 1;`, "must never hold logic"],
    ["explore/report-text.ts", `import { a } from "./explore.ts";`, "imports explore/explore.ts"],
    ["matchers/a.ts", `import { a } from "../explore/explore.ts";`, "imports explore/explore.ts"],
    ["fake/fake-ssm.ts", `import { a } from "../explore/a.ts";`, "imports explore/a.ts"],
    ["cli/a.ts", `import { a } from "../fake/ssm/a.ts";`, "imports fake/ssm/a.ts"],
    ["index.ts", `import "./fake/index.ts";`, "imports fake/index.ts"],
    ["fake/index.ts", `export const one = 1;`, "must never hold logic"],
    ["somewhere/a.ts", ``, "has no row in the import table"],
  ])("would name %s with: %s", (path, text, sentence) => {
    expect(breachesOf({ path: `src/${path}`, text })).toContain(`src/${path} ${sentence}.`);
  });

  it.each([
    ["a comment", `// import { FakeSsm } from "../fake/a.ts";\nexport const one = 1;`],
    ["an example", `/**\n * import { FakeSsm } from "../fake/a.ts";\n */\nexport const one = 1;`],
    ["its own folder", `import { one } from "./b.ts";`],
    ["a row that it names", `import { toMs } from "../time/a.ts";`],
  ])("lets a file of client speak of %s", (_, text) => {
    expect(breachesOf({ path: "src/client/a.ts", text })).toEqual([]);
  });
});
