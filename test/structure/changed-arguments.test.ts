import { describe, expect, it } from "vitest";
import { changedArguments } from "./changed-arguments.ts";

const changedIn = (text: string) => changedArguments({ path: "src/a.ts", text });

describe("an argument is changed", () => {
  it.each([
    ["by an assignment to a member", "function f(state: State) { state.next = 1; }"],
    ["by an assignment deep inside", "function f(state: State) { state.a.b[0] = 1; }"],
    ["by counting", "const f = (state: State) => { state.next++; };"],
    ["by a delete", "function f(state: State) { delete state.next; }"],
    ["by adding to its list", "function f({ list: state }: A) { state.push(1); }"],
    ["by sorting it", "function f(state: readonly number[]) { return state.sort(); }"],
    ["by a function within", "function f(state: State) { return () => { state.next += 1; }; }"],
  ])("%s", (_, text) => {
    expect(changedIn(text)).toEqual(["state"]);
  });
});

describe("no argument is changed", () => {
  it.each([
    ["by a change of one's own record", "function f(a: A) { const b = { ...a }; b.next++; }"],
    [
      "by a change of a draft, which is the caller's own",
      "function f(a: StateDraft) { a.next++; }",
    ],
    ["by another value for the variable", "function f(a: number) { a = 1; return a; }"],
    ["by a look at it", "function f(a: A) { return a.list.map((b) => b.next); }"],
    ["by a set of one's own", "function f(a: A) { const b = new Set(a.ids); b.add(1); }"],
  ])("%s", (_, text) => {
    expect(changedIn(text)).toEqual([]);
  });
});
