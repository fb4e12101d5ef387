import { vi } from "vitest";

/**
 * Puts another current task into the state of Vitest's worker. The rest stays: Vitest reports through it while a test runs,
 * and a run in which it cannot fails although every test has passed.
 */
export function tellCurrentTask<Worker extends { current?: unknown }>(worker: Worker): Worker {
  const real: object | undefined = Reflect.get(globalThis, "__vitest_worker__");
  const told = Object.assign(Object.create(real ?? null), { current: undefined }, worker);
  vi.stubGlobal("__vitest_worker__", told);
  return told;
}
