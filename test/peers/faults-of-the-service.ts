import { CORRECT, type Ways } from "./fleet-service.ts";

/** The service with one of five mistakes, each of which published code makes. */
export const BROKEN: Readonly<Record<string, Ways>> = {
  "ignores the second page": { ...CORRECT, pages: "first" },
  "treats Cancelling as final": { ...CORRECT, terminal: [...CORRECT.terminal, "Cancelling"] },
  "never stops on TimedOut": {
    ...CORRECT,
    terminal: CORRECT.terminal.filter((status) => status !== "TimedOut"),
  },
  "reads output too early": { ...CORRECT, readsOutput: "once it runs" },
  "does not retry throttling": { ...CORRECT, maxAttempts: 1 },
};
