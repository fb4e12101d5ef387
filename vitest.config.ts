import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true }, // "ssm-run-command/fake" is src/fake/index.ts
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/seed-properties.ts"],
    // One warning per worker that Node 20 is old for the SDK: noise.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    restoreMocks: true,
    // A busy machine is slow, and no test is about real time: only one that hangs is to be ended.
    testTimeout: 60_000,
    typecheck: { enabled: true, include: ["test/types/**/*.test-d.ts"] },
    coverage: { include: ["src/**/*.ts"], reporter: ["text", "html"] },
  },
});
