import fc from "fast-check";
import { expect, it } from "vitest";
import { type Due, DueQueue } from "../../src/time/due-queue.ts";

/** A queue that holds these, pushed in the order in which they stand here. */
function queueOf<T extends Due>(...entries: readonly T[]): DueQueue<T> {
  const queue = new DueQueue<T>();
  for (const entry of entries) queue.push(entry);
  return queue;
}

function drained<T extends Due>(queue: DueQueue<T>): readonly T[] {
  const taken: T[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) taken.push(next);
  return taken;
}

/** The total order, written a second time: due time, then rank, then order of scheduling. */
function compareDue(a: Due, b: Due): number {
  return a.at - b.at || a.rank - b.rank || a.order - b.order;
}

const early = { at: 10, rank: 9, order: 9 };
const late = { at: 20, rank: 0, order: 0 };

it("gives the earlier one first, whatever its rank and order", () => {
  expect(drained(queueOf(late, early))).toEqual([early, late]);
});

it("gives the smaller rank first at one instant, whatever its order", () => {
  const [second, first] = [
    { at: 10, rank: 1, order: 0 },
    { at: 10, rank: 0, order: 1 },
  ];
  expect(drained(queueOf(second, first))).toEqual([first, second]);
});

it("gives those of one instant and rank in the order of scheduling", () => {
  const [first, second, third] = [
    { at: 10, rank: 0, order: 0 },
    { at: 10, rank: 0, order: 1 },
    { at: 10, rank: 0, order: 2 },
  ];
  expect(drained(queueOf(third, first, second))).toEqual([first, second, third]);
});

it("shows the first without taking it", () => {
  const queue = queueOf(late, early);
  expect([queue.first(), queue.first(), queue.size]).toEqual([early, early, 2]);
});

it("has no first, gives nothing and has size 0 when it is empty", () => {
  const queue = queueOf();
  expect([queue.first(), queue.shift(), queue.size]).toEqual([undefined, undefined, 0]);
});

it("is empty again after the only one was taken", () => {
  const queue = queueOf(early);
  queue.shift();
  expect([queue.first(), queue.size]).toEqual([undefined, 0]);
});

it("forgets everything when it is cleared", () => {
  const queue = queueOf(late, early);
  queue.clear();
  expect([queue.first(), queue.size]).toEqual([undefined, 0]);
});

it("can be filled again after it was cleared", () => {
  const queue = queueOf(early);
  queue.clear();
  queue.push(late);
  expect(drained(queue)).toEqual([late]);
});

/** Few different times and ranks, so that ties are common; the order is the position, so that no two are equal. */
const schedules = fc
  .array(fc.record({ at: fc.nat({ max: 5 }), rank: fc.nat({ max: 2 }) }), { maxLength: 60 })
  .map((entries) => entries.map((entry, order) => ({ ...entry, order })));

it("gives any schedule in sorted order", () => {
  fc.assert(
    fc.property(schedules, (entries) => {
      expect(drained(queueOf(...entries))).toEqual(entries.toSorted(compareDue));
    }),
  );
});

it("gives what a sorted list would give when pushes and takes alternate at random", () => {
  const takes = fc.infiniteStream(fc.boolean());
  fc.assert(
    fc.property(schedules, takes, (entries, isTakenNext) => {
      const queue = new DueQueue();
      let model: Due[] = [];
      for (const entry of entries) {
        queue.push(entry);
        model = [...model, entry].sort(compareDue);
        if (isTakenNext.next().value) expect(queue.shift()).toEqual(model.shift());
        expect([queue.first(), queue.size]).toEqual([model[0], model.length]);
      }
      expect(drained(queue)).toEqual(model);
    }),
  );
});
