import { REAL } from "./clock.ts";

type MakesTimers = (callback: () => void, ms: number) => unknown;

const MAKERS = ["setTimeout", "setInterval"] as const;
/** They were real when this file was loaded, if nothing tells otherwise. */
const LOADED = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clear: globalThis.clearTimeout,
};
const LONG_MS = 1_000_000;

/**
 * The name of a function that makes timers and was faked by a test runner, if there is one. A function that only wraps the
 * real one, as spies and tracers do, still makes real timers.
 */
export function fakedTimer(): string | undefined {
  return MAKERS.find((name) => {
    const makes: MakesTimers = globalThis[name];
    // The mark of fake-timers, which Vitest, Jest and sinon have.
    if ("clock" in makes) return true;
    if (makes === LOADED[name] || REAL in makes) return false;
    return kindOfTimer(makes, clearTimeout) !== kindOfTimer(LOADED[name], LOADED.clear);
  });
}

/** What tells handles of different makers apart. A handle is cleared by the function that came with its maker. */
function kindOfTimer(makes: MakesTimers, clears: typeof clearTimeout): unknown {
  const handle = makes(() => {}, LONG_MS);
  clears(handle as Parameters<typeof clearTimeout>[0]);
  return typeof handle === "object" && handle !== null
    ? Object.getPrototypeOf(handle)
    : typeof handle;
}
