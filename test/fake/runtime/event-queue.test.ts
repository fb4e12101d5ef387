import { describe, expect, it } from "vitest";
import type { CommandRecord } from "../../../src/fake/account/command-record.ts";
import { EventQueue, type Posted } from "../../../src/fake/runtime/event-queue.ts";

// The queue hands a command on and never looks at it.
const command = {} as CommandRecord;

/** An event. Its time is its name. */
function event(at: number): Posted {
  return { to: "node", command, index: 0, at };
}

function nameOf(posted: Posted): number {
  return posted.to === "node" ? posted.at : Number.NaN;
}

interface Handled {
  readonly queue: EventQueue;
  /** The events by name, in the order in which they were handled. */
  readonly order: readonly number[];
  /** The largest number of handlers that were at work at once. */
  readonly deepest: () => number;
}

/** A queue whose events post others. One without an entry posts nothing, and `bad` ones throw after they have posted. */
function aQueue(
  leadsTo: Readonly<Record<number, readonly number[]>> = {},
  bad: readonly number[] = [],
): Handled {
  const order: number[] = [];
  let depth = 0;
  let deepest = 0;
  const queue = new EventQueue((posted) => {
    const name = nameOf(posted);
    depth++;
    deepest = Math.max(deepest, depth);
    order.push(name);
    for (const next of leadsTo[name] ?? []) queue.post(event(next));
    depth--;
    if (bad.includes(name)) throw new Error(`The handler of ${name} threw.`);
  });
  return { queue, order, deepest: () => deepest };
}

describe("the queue of events", () => {
  it("handles an event before post returns", () => {
    const { queue, order } = aQueue();
    queue.post(event(1));
    expect(order).toEqual([1]);
  });

  it("handles events in the order in which they were posted", () => {
    const { queue, order } = aQueue();
    for (const name of [3, 1, 2]) queue.post(event(name));
    expect(order).toEqual([3, 1, 2]);
  });

  it("handles what follows from an event in the order in which it was posted", () => {
    const { queue, order } = aQueue({ 1: [2, 3, 4] });
    queue.post(event(1));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it("handles what follows from an event before what waited already", () => {
    const { queue, order } = aQueue({ 1: [2, 5], 2: [3, 4], 5: [6] });
    queue.post(event(1));
    expect(order).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("handles what follows before what waited, however deep it goes", () => {
    const { queue, order } = aQueue({ 1: [2, 9], 2: [3, 8], 3: [4, 7], 4: [5, 6] });
    queue.post(event(1));
    expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("handles no event inside another", () => {
    const { queue, deepest } = aQueue({ 1: [2, 3], 2: [4] });
    queue.post(event(1));
    expect(deepest()).toBe(1);
  });

  it("does not grow the stack, however long a chain of events is", () => {
    const handled: number[] = [];
    const queue = new EventQueue((posted) => {
      handled.push(nameOf(posted));
      if (handled.length < 100_000) queue.post(event(handled.length));
    });
    queue.post(event(0));
    expect(handled).toHaveLength(100_000);
  });
});

describe("the queue of events when a handler throws", () => {
  it("throws the same to the caller who posted the first event", () => {
    const { queue } = aQueue({ 1: [2] }, [2]);
    expect(() => queue.post(event(1))).toThrow("The handler of 2 threw.");
  });

  it("handles none of what waited, then or later", () => {
    const { queue, order } = aQueue({ 1: [2, 3] }, [2]);
    expect(() => queue.post(event(1))).toThrow();
    queue.post(event(4));
    expect(order).toEqual([1, 2, 4]);
  });

  it("handles nothing of what the handler had posted before it threw", () => {
    const { queue, order } = aQueue({ 1: [2], 2: [3] }, [2]);
    expect(() => queue.post(event(1))).toThrow();
    queue.post(event(4));
    expect(order).toEqual([1, 2, 4]);
  });

  it("still handles what follows before what waited", () => {
    const { queue, order } = aQueue({ 2: [3, 5], 3: [4] }, [1]);
    expect(() => queue.post(event(1))).toThrow();
    queue.post(event(2));
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("the queue of events that may handle a number of them", () => {
  /** Event 1 leads to all of these, in an order that any of them could break. */
  const TREE = { 1: [2, 5, 8], 2: [3, 4], 5: [6, 7], 8: [9] };

  it("handles that many, and then says that it has stopped", () => {
    const { queue, order } = aQueue(TREE);
    queue.allow(4);
    queue.post(event(1));
    expect([order, queue.isHalted]).toEqual([[1, 2, 3, 4], true]);
  });

  it("goes on where it stopped", () => {
    const { queue, order } = aQueue(TREE);
    queue.allow(4);
    queue.post(event(1));
    queue.allow(2);
    expect([order, queue.isHalted]).toEqual([[1, 2, 3, 4, 5, 6], true]);
  });

  it.each([1, 2, 3, 5, 100])("handles %i at a time in the order of one go", (count) => {
    const { queue, order } = aQueue(TREE);
    queue.allow(count);
    queue.post(event(1));
    while (queue.isHalted) queue.allow(count);
    expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("has not stopped when the last event was not the last that it may handle", () => {
    const { queue, order } = aQueue({ 1: [2] });
    queue.allow(3);
    queue.post(event(1));
    expect([order, queue.isHalted]).toEqual([[1, 2], false]);
  });

  it("handles what waits before a new event", () => {
    const { queue, order } = aQueue({ 1: [2, 3] });
    queue.allow(1);
    queue.post(event(1));
    queue.post(event(4));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it("counts what took as long as many events", () => {
    const order: number[] = [];
    const queue: EventQueue = new EventQueue((posted) => {
      order.push(nameOf(posted));
      if (nameOf(posted) !== 1) return;
      queue.spend(1_000);
      queue.post(event(2));
    });
    queue.allow(500);
    queue.post(event(1));
    expect([order, queue.isHalted]).toEqual([[1], true]);
    queue.allow(500);
    expect([order, queue.isHalted]).toEqual([[1, 2], false]);
  });

  it("forgets what waits when it is cleared", () => {
    const { queue, order } = aQueue({ 1: [2, 3] });
    queue.allow(1);
    queue.post(event(1));
    queue.clear();
    queue.allow(10);
    expect([order, queue.isHalted]).toEqual([[1], false]);
  });

  it("forgets what waits when a handler throws in a later part", () => {
    const { queue, order } = aQueue({ 1: [2, 3] }, [2]);
    queue.allow(1);
    queue.post(event(1));
    expect(() => queue.allow(10)).toThrow("The handler of 2 threw.");
    queue.allow(10);
    expect(order).toEqual([1, 2]);
  });
});
