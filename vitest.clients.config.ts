import { defineConfig } from "vitest/config";

/** `npm run test:clients`: the clients of other people against the served fake. A line for each check. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/clients/**/*.clients.ts"],
    globalSetup: ["test/clients/find-clients.ts"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    // Most of the time is that of the clients' own start; no module of ours keeps a state.
    maxWorkers: 2,
    isolate: false,
    reporters: ["verbose"],
    // A client is a process of its own, which takes a second on a machine that has nothing else to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
