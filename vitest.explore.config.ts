import { defineConfig } from "vitest/config";

/** `npm run test:explore`: our own client in all worlds, and in random ones. It takes minutes. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/explore/**/*.explored.ts"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    maxWorkers: 2,
    reporters: ["verbose"],
    testTimeout: 3_600_000,
  },
});
