import { type CharacterSet, LAST_ASCII } from "./character-set.ts";
import type { Assertion, Expression } from "./expression.ts";

/** How many steps a check may still take. Values that are checked together share them. */
export interface StepsDraft {
  left: number;
}

/** What one check may take. */
export function allSteps(): StepsDraft {
  return { left: MOST_STEPS };
}

/**
 * Whether an expression fits somewhere in a string. All ways through it are followed at once, one character after the
 * other, so that the time grows with the string as Go's does [go-regexp-syntax]. What a character does to the ways that are
 * open is worked out once.
 *
 * With a huge expression each character may still take long. Once no steps are left, every string fits (our decision): few
 * patterns come near that, and none may hold up the process.
 */
export function fitsSomewhere(expression: Expression, text: string, steps: StepsDraft): boolean {
  return new Search(expression, steps).fits(text);
}

/** An expression that is still to be taken, and what comes after it; without `rest` it is the end. */
class State {
  /** Counts the states of a search. */
  readonly id: number;
  readonly expression: Expression;
  readonly rest: State | undefined;
  /** Of a sequence, how many of its parts were taken; of a repeat, how many copies. */
  readonly done: number;
  /** Of a character, which ones it may be; it then waits for one. */
  readonly set: CharacterSet | undefined;
  /** Of an assertion, what has to hold. */
  readonly asserts: Assertion | undefined;
  #marked = 0;
  #leads: readonly State[] | undefined;

  constructor({ id, expression, rest, done }: Pick<State, "id" | "expression" | "rest" | "done">) {
    this.id = id;
    this.expression = expression;
    this.rest = rest;
    this.done = done;
    this.set = expression.type === "character" ? expression.set : undefined;
    this.asserts = expression.type === "assertion" ? expression.assertion : undefined;
  }

  /** Whether it was not marked yet in this round. */
  mark(round: number): boolean {
    const isNew = this.#marked !== round;
    this.#marked = round;
    return isNew;
  }

  /** The states that it leads to without a character, which are made once. */
  leads(make: (state: State) => readonly State[]): readonly State[] {
    this.#leads ??= make(this);
    return this.#leads;
  }
}

/** Where a search stands between two characters. */
interface Place {
  /** The ways that are still open, but for those that its last character has begun. */
  readonly open: readonly State[];
  /** The place with the ways that its last character has begun. */
  readonly begun: Place | undefined;
  readonly before: Neighbor;
  /** What the characters that came next so far have led to. */
  readonly next: Map<number, Place>;
}

/** The ways that a character has opened; or that one has come to its end, or that no steps are left. */
type Opened = readonly State[] | "fits";

/** What an assertion sees of the character on either side of it. */
type Neighbor = "edge" | "newline" | "word" | "other";

/** Open ways in one list or two, which are not joined: that would take longer than to walk them. */
type Ways = readonly (readonly State[])[];

/** Between which characters something is looked for, and the code point of the next one, unless the string ends. */
interface Between {
  readonly before: Neighbor;
  readonly after: Neighbor;
  readonly code?: number;
}

const MOST_STEPS = 2_000_000;
/** What makes a state, compiles a test or tests a character beyond ASCII takes as long as so many plain steps. */
const STEPS_OF = { state: 20, test: 5_000, rareCharacter: 10 } as const;
/** So many ways are kept with their places, not more, so that memory has a bound too. */
const MOST_KEPT = 200_000;

const NEWLINE = 0x0a;
const NOTHING: Expression = { type: "sequence", parts: [] };

class Search {
  readonly #steps: StepsDraft;
  readonly #start: State;
  readonly #places = new Map<number, Place[]>();
  /** By what stands before it, what each character opens where everything begins. */
  readonly #begun = new Map<Neighbor, Map<number, Place | "fits">>();
  /** The sets whose tests are paid for. */
  readonly #tested = new Set<CharacterSet>();
  /** What a step has reached so far. One list for all steps: a long one is dear to make. */
  readonly #reached: State[] = [];
  #made = 0;
  #round = 0;
  #kept = 0;

  constructor(expression: Expression, steps: StepsDraft) {
    this.#steps = steps;
    this.#start = this.#state(expression, this.#state(NOTHING, undefined));
  }

  fits(text: string): boolean {
    let place = this.#place({ open: [], begun: undefined, before: "edge" });
    for (let at = 0; at < text.length; ) {
      const code = text.codePointAt(at) ?? 0;
      const known = place.next.get(code);
      const next = known ?? this.#step(place, code);
      if (next === "fits") return true;
      if (known === undefined) place.next.set(code, next);
      place = next;
      at += code > 0xffff ? 2 : 1;
    }
    const { before } = place;
    const ways = [...waysOf(place), [this.#start]];
    return this.#opened(ways, { before, after: "edge" }) === "fits";
  }

  #step(place: Place, code: number): Place | "fits" {
    const between = { before: place.before, after: neighbor(code), code };
    const kept = this.#opened(waysOf(place), between);
    const begun = this.#begin(between);
    if (kept === "fits" || begun === "fits") return "fits";
    this.#steps.left -= kept.length + begun.open.length;
    const round = ++this.#round;
    for (const state of begun.open) state.mark(round);
    const open = kept.filter((state) => state.mark(round));
    return this.#place({ open, begun, before: between.after });
  }

  /** What a character opens as the first one: it may fit anywhere. */
  #begin(between: Between & { readonly code: number }): Place | "fits" {
    const { before, after, code } = between;
    const begun = this.#begun.get(before) ?? new Map<number, Place | "fits">();
    this.#begun.set(before, begun);
    const known = begun.get(code);
    if (known !== undefined) return known;
    const open = this.#opened([[this.#start]], between);
    const place = open === "fits" ? open : this.#place({ open, begun: undefined, before: after });
    begun.set(code, place);
    return place;
  }

  /** What the next character opens, some of it more than once; no character opens nothing. */
  #opened(ways: Ways, { before, after, code }: Between): Opened {
    const round = ++this.#round;
    const reached = this.#reached;
    let count = 0;
    const reach = (state: State) => {
      if (state.mark(round)) reached[count++] = state;
    };
    for (const open of ways) for (const state of open) reach(state);
    const opened: State[] = [];
    const stepsOfTest = code !== undefined && code > LAST_ASCII ? STEPS_OF.rareCharacter : 1;
    for (let at = 0; at < count; at++) {
      const state = reached[at];
      if (state?.rest === undefined || this.#steps.left < 0) return "fits";
      const { set } = state;
      this.#steps.left -= set === undefined || set.tests === 0 ? 1 : stepsOfTest;
      if (set !== undefined) {
        if (code !== undefined && set.has(code)) opened.push(state.rest);
      } else if (state.asserts === undefined || holds(state.asserts, before, after)) {
        for (const next of state.leads(this.#leadsOf)) reach(next);
      }
    }
    return opened;
  }

  readonly #leadsOf = (state: State): readonly State[] => {
    const { expression, done, rest } = state;
    if (rest === undefined) return [];
    switch (expression.type) {
      case "character":
        return [];
      case "assertion":
        return [rest];
      case "sequence": {
        const { parts } = expression;
        const part = parts[done];
        if (part === undefined) return [rest];
        const isLast = done === parts.length - 1;
        return [this.#state(part, isLast ? rest : this.#state(expression, rest, done + 1))];
      }
      case "choice":
        return expression.branches.map((branch) => this.#state(branch, rest));
      case "repeat": {
        const { inner, min, max = Number.POSITIVE_INFINITY } = expression;
        const again =
          done < min || max < Number.POSITIVE_INFINITY
            ? () => this.#state(expression, rest, done + 1)
            : () => state;
        const more = done < max ? [this.#state(inner, again())] : [];
        return done < min ? more : [...more, rest];
      }
    }
  };

  #state(expression: Expression, rest: State | undefined, done = 0): State {
    this.#steps.left -= STEPS_OF.state;
    const set = expression.type === "character" ? expression.set : undefined;
    if (set !== undefined && !this.#tested.has(set)) {
      this.#tested.add(set);
      this.#steps.left -= set.tests * STEPS_OF.test;
    }
    return new State({ id: this.#made++, expression, rest, done });
  }

  /** The same place whenever the ways are the same. */
  #place({ open, begun, before }: Omit<Place, "next">): Place {
    const hash = open.reduce((sum, { id }) => (Math.imul(sum, 31) + id) | 0, before.length);
    const alike = this.#places.get(hash) ?? [];
    const known = alike.find(
      (place) => place.before === before && place.begun === begun && areSame(place.open, open),
    );
    if (known !== undefined) return known;
    this.#kept += open.length + 1;
    if (this.#kept > MOST_KEPT) {
      this.#places.clear();
      this.#kept = open.length;
    }
    const made = { open, begun, before, next: new Map() };
    this.#places.set(hash, [...alike, made]);
    return made;
  }
}

function waysOf({ open, begun }: Place): Ways {
  return begun === undefined ? [open] : [open, begun.open];
}

function areSame(some: readonly State[], others: readonly State[]): boolean {
  return some.length === others.length && some.every((state, index) => state === others[index]);
}

function neighbor(code: number): Exclude<Neighbor, "edge"> {
  if (code === NEWLINE) return "newline";
  return code <= LAST_ASCII && WORD.test(String.fromCodePoint(code)) ? "word" : "other";
}

const WORD = /^\w$/;

function holds(assertion: Assertion, before: Neighbor, after: Neighbor): boolean {
  switch (assertion) {
    case "begin of text":
      return before === "edge";
    case "end of text":
      return after === "edge";
    case "begin of line":
      return before === "edge" || before === "newline";
    case "end of line":
      return after === "edge" || after === "newline";
    case "word boundary":
      return (before === "word") !== (after === "word");
    case "no word boundary":
      return (before === "word") === (after === "word");
  }
}
