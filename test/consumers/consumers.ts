/** TypeScript that imports its own files with or without their ending, or the JavaScript that TypeScript makes of it. */
export type Suite = "TypeScript" | "TypeScript without endings" | "ESM" | "CommonJS";

/** A test project of a user, in `projects/<name>`. */
export interface Consumer {
  readonly name: string;
  /** What its copy of the shared suite is written in. */
  readonly suite: Suite;
  /** How many tests it has: a runner that finds none shall not pass. */
  readonly tests: number;
  /** Files of `examples` that it runs as well. */
  readonly examples?: readonly string[];
  /** Whether its ts-jest compiles with TypeScript 5, and not with that of the repository. */
  readonly isOfTypeScript5?: boolean;
  /** Where it stands: nothing of what the fake does may depend on it. */
  readonly env: { readonly TZ: string; readonly LC_ALL: string };
}

/** Tests of the shared suite. */
const STORIES = 8;
/** Code that cannot be injected, and its fake. */
const UNINJECTED = ["fake-account.ts", "restart-service.ts"] as const;
const GREENWICH = { TZ: "UTC", LC_ALL: "C" } as const;
const AUCKLAND = { TZ: "Pacific/Auckland", LC_ALL: "de_DE.UTF-8" } as const;
const CAIRO = { TZ: "Africa/Cairo", LC_ALL: "ar_EG.UTF-8" } as const;

/** Every way of using the package that is promised. */
export const CONSUMERS: readonly Consumer[] = [
  {
    name: "vitest",
    suite: "TypeScript",
    tests: STORIES + 2,
    examples: ["02-swap-in-vitest.test.ts", ...UNINJECTED],
    env: AUCKLAND,
  },
  {
    name: "jest-cjs",
    suite: "TypeScript",
    tests: STORIES + 2,
    examples: ["03-swap-in-jest.test.ts", ...UNINJECTED],
    env: CAIRO,
  },
  {
    // The plainest ts-jest: CommonJS, and a resolution that knows no `exports`. It checks types, too.
    name: "jest-node10",
    suite: "TypeScript without endings",
    tests: STORIES,
    isOfTypeScript5: true,
    env: GREENWICH,
  },
  { name: "jest-esm", suite: "ESM", tests: STORIES, env: AUCKLAND },
  { name: "node-test", suite: "ESM", tests: STORIES, env: CAIRO },
  { name: "esm", suite: "ESM", tests: STORIES, env: GREENWICH },
  { name: "cjs", suite: "CommonJS", tests: STORIES, env: AUCKLAND },
  { name: "typescript-node16", suite: "TypeScript", tests: STORIES, env: GREENWICH },
  { name: "typescript-nodenext", suite: "TypeScript", tests: STORIES, env: GREENWICH },
  { name: "typescript-bundler", suite: "TypeScript", tests: STORIES, env: GREENWICH },
];
