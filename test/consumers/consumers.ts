/** A test project of a user, in `projects/<name>`. */
export interface Consumer {
  readonly name: string;
  /** What its copy of the shared suite is written in: TypeScript, or the JavaScript that TypeScript makes of it. */
  readonly suite: "TypeScript" | "ESM" | "CommonJS";
  /** How many tests it has: a runner that finds none shall not pass. */
  readonly tests: number;
  /** Files of `examples` that it runs as well. */
  readonly examples?: readonly string[];
  /** Where it stands: nothing of what the fake does may depend on it. */
  readonly env: { readonly TZ: string; readonly LC_ALL: string };
}

/** Tests of the shared suite. */
const STORIES = 6;
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
  { name: "jest-esm", suite: "ESM", tests: STORIES, env: AUCKLAND },
  { name: "node-test", suite: "ESM", tests: STORIES, env: CAIRO },
  { name: "esm", suite: "ESM", tests: STORIES, env: GREENWICH },
  { name: "cjs", suite: "CommonJS", tests: STORIES, env: AUCKLAND },
  { name: "typescript-node16", suite: "TypeScript", tests: STORIES, env: GREENWICH },
  { name: "typescript-nodenext", suite: "TypeScript", tests: STORIES, env: GREENWICH },
  { name: "typescript-bundler", suite: "TypeScript", tests: STORIES, env: GREENWICH },
];
