import { defineConfig } from "vitest/config";

export default defineConfig({ test: { setupFiles: ["./set-up.ts"] } });
