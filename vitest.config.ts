import { defineConfig } from "vitest/config";

/** Tests that replace a module, change the process or count what it does: each has a process of its own. */
const ALONE = [
  "test/complexity/**/*.test.ts",
  "test/consumers/*.test.ts",
  "test/fake/shell/{noexec,runs-in-shell,script-ends,script-folder}.test.ts",
  "test/fake/calls/faults-over-sdk.test.ts",
  "test/fake/fake-ssm-open-handles.test.ts",
  "test/fake/inside-the-process.test.ts",
  "test/fake/reports/listeners-that-throw.test.ts",
  "test/fake/recipes/skip-while-waiting.test.ts",
  "test/fake/s3/pipeline.test.ts",
  "test/fake/ways-to-hang-rules.test.ts",
  "test/fake/account/documents/documents-yaml.test.ts",
  "test/properties/lifecycle-pairs.test.ts",
  "test/properties/reproducible.test.ts",
  "test/structure/planted-changes.test.ts",
  "test/time/virtual-clock-open-handles.test.ts",
  "test/words/blocks.test.ts",
];

export default defineConfig({
  resolve: { tsconfigPaths: true }, // "ssm-run-command/fake" is src/fake/index.ts
  test: {
    setupFiles: ["test/support/seed-properties.ts"],
    // One warning per worker that Node 20 is old for the SDK: noise.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    restoreMocks: true,
    maxWorkers: "100%", // by default one core is left idle, which is half of a small machine
    // A busy machine is slow, and no test is about real time: only one that hangs is to be ended.
    testTimeout: 60_000,
    coverage: { include: ["src/**/*.ts"], reporter: ["text", "html"] },
    projects: [
      {
        extends: true,
        test: {
          // No module of ours has a state, so they share what was loaded: a third of the time.
          name: "together",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: [...ALONE, "test/consumers/projects/**"],
          typecheck: { enabled: true, include: ["test/types/**/*.test-d.ts"] },
        },
      },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
