import { REAL } from "./clock.ts";

const MAKERS = ["setTimeout", "setInterval", "setImmediate"] as const;

/** A function of the realm that a test runner may have replaced. */
interface MayBeFaked {
  readonly name: string;
  readonly clock?: unknown;
  readonly [REAL]?: unknown;
  readonly getMockImplementation?: () => { readonly name: string } | undefined;
}

/**
 * The name of a function that makes timers and was faked by a test runner, if there is one. A function that only wraps the
 * real one, as spies and tracers do, still makes real timers.
 */
export function fakedTimer(): string | undefined {
  return MAKERS.find((name) => {
    const makes: MayBeFaked | undefined = globalThis[name];
    if (makes === undefined || makes[REAL] !== undefined) return false;
    // So do fake-timers mark theirs, which Vitest, Jest and sinon have.
    if (makes.clock !== undefined) return true;
    // Those of node:test, and Jest's own from before fake-timers, are methods of an object that were bound to it.
    const { name: itsName } = makes.getMockImplementation?.() ?? makes;
    return itsName.startsWith("bound ");
  });
}
