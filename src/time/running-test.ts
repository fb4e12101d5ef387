import { type EpochMs, realTime } from "./clock.ts";

/** The member of the realm under which Jest keeps the state of `expect`. */
const EXPECT: unique symbol = Symbol.for("$$jest-matchers-object");

/** A test or a suite as Vitest keeps it, from its version 1 on. */
interface VitestTask {
  readonly type?: unknown;
  readonly file?: VitestTask;
  readonly tasks?: readonly VitestTask[];
  readonly result?: { readonly state?: unknown; readonly startTime?: EpochMs } | undefined;
}

interface RealmOfRunner {
  readonly [EXPECT]?: object;
  readonly __vitest_worker__?: { readonly current?: VitestTask };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** Whether a test runner has loaded this: Vitest, Jest, or `node --test`. */
export function isTestRunning(): boolean {
  const realm = globalThis as RealmOfRunner;
  if (realm.__vitest_worker__ !== undefined || realm[EXPECT] !== undefined) return true;
  return realm.process?.env?.["NODE_TEST_CONTEXT"] !== undefined;
}

/**
 * Takes note of the test that runs, where the runner tells it, as Jest and Vitest do.
 *
 * @returns Whether that test is over: what a test has left behind is no hang. Never, where nothing is told.
 */
export function noteRunningTest(): () => boolean {
  // Nobody else keeps anything under these names, and what is read of it is checked.
  const realm = globalThis as RealmOfRunner;
  const current = realm.__vitest_worker__?.current;
  if (current !== undefined) return noteVitestTask(current);
  const name = jestTestName();
  return () => {
    if (name.is === undefined) return false;
    const now = jestTestName();
    return now.isTornDown || now.is !== name.is;
  };
}

/** Tests may run at once, so that it is over when each has ended that ran then. */
function noteVitestTask(current: VitestTask): () => boolean {
  const file = current.file ?? current;
  const at = realTime.now();
  const hasBegun = ({ result }: VitestTask) => (result?.startTime ?? Infinity) <= at;
  return () => {
    const now = (globalThis as RealmOfRunner).__vitest_worker__?.current;
    if (now === undefined || (now.file ?? now) !== file) return true;
    const tests = testsOf(file);
    // A hook of a suite, before any of its tests.
    if (current.type !== "test") return tests.some((test) => test.result && !hasBegun(test));
    return !tests.some((test) => test.result?.state === "run" && hasBegun(test));
  };
}

function testsOf({ type, tasks = [], ...task }: VitestTask): readonly VitestTask[] {
  return type === "test" ? [{ type, ...task }] : tasks.flatMap(testsOf);
}

/** Jest knows one name at a time, and takes its objects apart when a test file has ended: members become accessors. */
function jestTestName(): { readonly is: string | undefined; readonly isTornDown: boolean } {
  const state = memberOf((globalThis as RealmOfRunner)[EXPECT], "state");
  const name = memberOf(state.value, "currentTestName");
  const is = typeof name.value === "string" ? name.value : undefined;
  return { is, isTornDown: state.isAccessor || name.isAccessor };
}

function memberOf(
  object: unknown,
  member: string,
): { readonly value: unknown; readonly isAccessor: boolean } {
  if (typeof object !== "object" || object === null) return { value: undefined, isAccessor: false };
  const descriptor = Object.getOwnPropertyDescriptor(object, member);
  return { value: descriptor?.value, isAccessor: descriptor?.get !== undefined };
}
