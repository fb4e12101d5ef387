import { afterEach, describe, expect, it, vi } from "vitest";
import { realTime } from "../../src/time/clock.ts";
import { noteRunningTest } from "../../src/time/running-test.ts";
import { tellCurrentTask } from "../support/worker-that-tells.ts";

const EXPECT = Symbol.for("$$jest-matchers-object");

interface Task {
  readonly type: "test" | "suite";
  readonly tasks?: Task[];
  file?: Task;
  result?: { state: string; startTime: number };
}

/** A file of Vitest with two tests in a suite, and what sets which task is the current one. */
function vitestFile() {
  const [first, second]: [Task, Task] = [{ type: "test" }, { type: "test" }];
  const suite: Task = { type: "suite", tasks: [first, second] };
  const file: Task = { type: "suite", tasks: [suite] };
  file.file = file;
  for (const task of [first, second, suite]) task.file = file;
  const worker = tellCurrentTask<{ current?: Task | undefined }>({});
  const begin = (task: Task) => {
    task.result = { state: "run", startTime: realTime.now() };
    worker.current = task;
  };
  const end = (task: Task) => {
    task.result = { state: "pass", startTime: task.result?.startTime ?? 0 };
    worker.current = suite;
  };
  return { first, second, suite, worker, begin, end };
}

afterEach(() => void vi.unstubAllGlobals());

describe("under Vitest, the test that ran", () => {
  it("is not over while it runs", () => {
    const { first, begin } = vitestFile();
    begin(first);
    expect(noteRunningTest()()).toBe(false);
  });

  it("is over when it has ended, also while the next one runs", () => {
    const now = vi.spyOn(realTime, "now").mockReturnValue(1_000);
    const { first, second, begin, end } = vitestFile();
    begin(first);
    const isOver = noteRunningTest();
    end(first);
    expect(isOver()).toBe(true);
    now.mockReturnValue(2_000);
    begin(second);
    expect(isOver()).toBe(true);
  });

  it("is not over while one runs that ran at the same time: which of them it was cannot be told", () => {
    const { first, second, begin, end } = vitestFile();
    begin(first);
    begin(second);
    const isOver = noteRunningTest();
    end(second);
    expect(isOver()).toBe(false);
    end(first);
    expect(isOver()).toBe(true);
  });

  it("is over when another file runs, or none", () => {
    const { first, begin, worker } = vitestFile();
    begin(first);
    const isOver = noteRunningTest();
    worker.current = { type: "suite" };
    expect(isOver()).toBe(true);
    worker.current = undefined;
    expect(isOver()).toBe(true);
  });

  it("is a hook of the suite, which is not over until a test has begun", () => {
    const now = vi.spyOn(realTime, "now").mockReturnValue(1_000);
    const { first, suite, begin } = vitestFile();
    begin(suite);
    const isOver = noteRunningTest();
    expect(isOver()).toBe(false);
    now.mockReturnValue(2_000);
    begin(first);
    expect(isOver()).toBe(true);
  });
});

describe("under Jest, the test that ran", () => {
  const named = (currentTestName?: string) => {
    tellCurrentTask({ current: undefined });
    const state = { currentTestName };
    const known = Object.getOwnPropertyDescriptor(globalThis, EXPECT);
    Object.defineProperty(globalThis, EXPECT, { configurable: true, value: { state } });
    const restore = () => {
      if (known !== undefined) Object.defineProperty(globalThis, EXPECT, known);
    };
    return { state, restore };
  };

  it("is over when the next one has begun", () => {
    const { state, restore } = named("first");
    const isOver = noteRunningTest();
    const seen = [isOver()];
    state.currentTestName = "second";
    seen.push(isOver());
    restore();
    expect(seen).toEqual([false, true]);
  });

  it("is over when Jest has taken its objects apart, and these are not touched", () => {
    const { state, restore } = named("first");
    const isOver = noteRunningTest();
    const get = vi.fn();
    Object.defineProperty(state, "currentTestName", { get });
    const seen = isOver();
    restore();
    expect([seen, get.mock.calls]).toEqual([true, []]);
  });

  it("is never over where the runner tells no name", () => {
    const { restore } = named();
    const isOver = noteRunningTest();
    restore();
    expect(isOver()).toBe(false);
  });
});
