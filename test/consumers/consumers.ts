import type { ExactVersions } from "../support/installed-packages.ts";
import type { Runtime } from "./runtimes.ts";

/** TypeScript that imports its own files with or without their ending, or the JavaScript that TypeScript makes of it. */
export type Suite = "TypeScript" | "TypeScript without endings" | "ESM" | "CommonJS";

/** A test project of a user. */
export interface Consumer {
  readonly name: string;
  /** Its folder in `projects`; that of its name when it has none of another. */
  readonly project?: string;
  /** What its copy of the shared suite is written in. */
  readonly suite: Suite;
  /** How many tests it has: a runner that finds none shall not pass. */
  readonly tests: number;
  /** Files of `examples` that it runs as well. */
  readonly examples?: readonly string[];
  /** Files of its folder that it lacks, because its runner cannot do what they ask. */
  readonly lacks?: readonly string[];
  /** Whether its ts-jest compiles with TypeScript 5, and not with that of the repository. */
  readonly isOfTypeScript5?: boolean;
  /** The program that runs it, instead of the Node that runs these tests. */
  readonly runtime?: Runtime;
  /** Packages that it has of its own, instead of those of the repository. */
  readonly packages?: ExactVersions;
  /** Where it stands: nothing of what the fake does may depend on it. */
  readonly env: { readonly TZ: string; readonly LC_ALL: string };
}

/** Tests of the shared suites: the client on a fake, and code with timers of its own. */
const STORIES = 8;
const OWN_TIMERS = 11;
/** A function of a user in many worlds, in Node. */
const EXPLORED = 4;
/** Names of timers that were imported or kept before: Node alone lets them follow. */
const NAMED_TIMERS = 4;
const IN_NODE = STORIES + OWN_TIMERS + NAMED_TIMERS + EXPLORED;
/** The runner's own fake timers, with a loop and with AWS's waiter. */
const FAKE_TIMERS = 2;
/** Code that makes its own clients, with the SDK replaced: in Vitest, and in one file of Jest. */
const MAKES_CLIENTS = { vitest: 2, jest: 3 } as const;
/** What the matchers say, and the tests of Vitest's fixture. */
const MATCHERS = 5;
const FIXTURE = 5;
/** Code that cannot be injected, and its fake. */
const UNINJECTED = ["fake-account.ts", "restart-service.ts"] as const;
const GREENWICH = { TZ: "UTC", LC_ALL: "C" } as const;
const AUCKLAND = { TZ: "Pacific/Auckland", LC_ALL: "de_DE.UTF-8" } as const;
const CAIRO = { TZ: "Africa/Cairo", LC_ALL: "ar_EG.UTF-8" } as const;

const VITEST: Consumer = {
  name: "vitest",
  suite: "TypeScript",
  tests: IN_NODE + FAKE_TIMERS + MAKES_CLIENTS.vitest + MATCHERS + FIXTURE + 2,
  examples: ["02-swap-in-vitest.test.ts", ...UNINJECTED],
  env: AUCKLAND,
};
const JEST_TS: Consumer = {
  name: "jest-cjs",
  suite: "TypeScript",
  // Faked microtasks, names from `require`, and its example.
  tests: IN_NODE + FAKE_TIMERS + 1 + 2 + MAKES_CLIENTS.jest + MATCHERS + 2,
  examples: ["03-swap-in-jest.test.ts", ...UNINJECTED],
  env: CAIRO,
};
const JEST_ESM: Consumer = {
  name: "jest-esm",
  suite: "ESM",
  tests: IN_NODE + FAKE_TIMERS + 1 + MAKES_CLIENTS.jest + MATCHERS + 1,
  env: AUCKLAND,
};
const NODE_TEST: Consumer = {
  name: "node-test",
  suite: "ESM",
  tests: IN_NODE + FAKE_TIMERS,
  env: CAIRO,
};
const ESM: Consumer = { name: "esm", suite: "ESM", tests: IN_NODE, env: GREENWICH };
const CJS: Consumer = { name: "cjs", suite: "CommonJS", tests: IN_NODE, env: AUCKLAND };

/** Every way of using the package that is promised, with what is installed here. */
export const CONSUMERS: readonly Consumer[] = [
  VITEST,
  JEST_TS,
  {
    // Jest as it comes, in JavaScript: it loads the code under test first, and the fake first.
    name: "jest-js",
    suite: "CommonJS",
    tests: STORIES + 2 * MAKES_CLIENTS.jest + MATCHERS,
    env: AUCKLAND,
  },
  {
    // The plainest ts-jest: CommonJS, and a resolution that knows no `exports`. It checks types, too.
    name: "jest-node10",
    suite: "TypeScript without endings",
    tests: IN_NODE + MAKES_CLIENTS.jest + MATCHERS + 1,
    isOfTypeScript5: true,
    env: GREENWICH,
  },
  JEST_ESM,
  NODE_TEST,
  ESM,
  CJS,
  { name: "typescript-node16", suite: "TypeScript", tests: IN_NODE, env: GREENWICH },
  { name: "typescript-nodenext", suite: "TypeScript", tests: IN_NODE, env: GREENWICH },
  { name: "typescript-bundler", suite: "TypeScript", tests: IN_NODE, env: GREENWICH },
];

/** The same on runners and runtimes that are installed for it: `npm run test:runners`. */
export const OTHER_RUNNERS: readonly Consumer[] = [
  {
    // Its fake timers do not move by themselves, so the example that needs it is left out.
    ...VITEST,
    name: "vitest-3",
    project: "vitest",
    packages: { vitest: "3.2.7", vite: "7.3.8" },
    examples: [...(VITEST.examples ?? []), "20-own-timers.test.ts"],
    tests: VITEST.tests + 3,
  },
  {
    ...VITEST,
    name: "vitest-5",
    project: "vitest",
    packages: { vitest: "5.1.2", vite: "8.3.8" },
    runtime: "node-22",
    examples: [...(VITEST.examples ?? []), "10-fake-timers.test.ts", "20-own-timers.test.ts"],
    tests: VITEST.tests + 2 + 3,
  },
  {
    ...JEST_TS,
    name: "jest-29-cjs",
    project: "jest-cjs",
    packages: { jest: "29.7.0", "ts-jest": "29.4.15" },
    // Its fake timers do not move by themselves.
    lacks: ["__tests__/fake-timers.ts"],
    tests: JEST_TS.tests - FAKE_TIMERS - 1,
  },
  {
    ...JEST_ESM,
    name: "jest-29-esm",
    project: "jest-esm",
    packages: { jest: "29.7.0" },
    lacks: ["fake-timers.test.js"],
    tests: JEST_ESM.tests - FAKE_TIMERS - 1,
  },
  { ...NODE_TEST, name: "node-test-22", project: "node-test", runtime: "node-22" },
  { ...NODE_TEST, name: "node-test-24", project: "node-test", runtime: "node-24" },
  { ...ESM, name: "esm-22", project: "esm", runtime: "node-22" },
  { ...ESM, name: "esm-24", project: "esm", runtime: "node-24" },
  { ...CJS, name: "cjs-22", project: "cjs", runtime: "node-22" },
  { ...CJS, name: "cjs-24", project: "cjs", runtime: "node-24" },
  { name: "bun", suite: "TypeScript", tests: STORIES + OWN_TIMERS, runtime: "bun", env: CAIRO },
  {
    name: "deno",
    suite: "TypeScript",
    tests: STORIES + OWN_TIMERS,
    runtime: "deno",
    env: GREENWICH,
  },
];
