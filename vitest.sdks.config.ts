import { defineConfig } from "vitest/config";

/** `npm run test:sdks`: the contract with another SDK, which the runner puts in the place of the installed one. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/seed-properties.ts"],
    restoreMocks: true,
    isolate: false,
    testTimeout: 60_000,
  },
});
