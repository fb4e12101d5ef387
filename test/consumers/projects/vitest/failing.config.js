import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { setupFiles: ["ssm-run-command/vitest"], include: ["failing.ts"] },
});
