import { defineConfig } from "vitest/config";

/** The examples that are tests of Vitest: `npx vitest run --config vitest.examples.config.ts`. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["examples/*.test.ts"],
    exclude: ["examples/*jest*"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    testTimeout: 60_000,
    // The package comes as it comes to users, loaded by Node and not by Vitest: what an example mocks is its own.
    server: { deps: { external: [/\/src\//] } },
    execArgv: ["--import", "tsx"],
  },
});
