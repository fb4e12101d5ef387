import { describe } from "vitest";

const isBuilt = process.env["PACKAGE_IS_BUILT"] !== undefined;

/** Describes what holds of the packed package; without a build it is skipped. */
export const describeBuilt = isBuilt ? describe : describe.skip;

/** To be added to the name of what is described, so that it says why it is skipped. */
export const proviso = isBuilt ? "" : " (skipped: it needs `npm run build` and PACKAGE_IS_BUILT=1)";

/** How a project finds the package's types. */
export interface Resolution {
  readonly module: string;
  readonly moduleResolution: string;
  readonly skipLibCheck: boolean;
}

/** The compiler options of a user who has everything checked. */
export function strictOptions(resolution: Resolution) {
  return {
    ...resolution,
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  } as const;
}
