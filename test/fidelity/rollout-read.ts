/** What a timeline says about the rollout of its command. */
export interface RolloutRead {
  /** Ids dispatched so far, in order. */
  readonly order: readonly string[];
  /** Dispatched and not terminal. */
  readonly inFlight: number;
  /** The most that were in flight at once, so far. */
  readonly maxInFlight: number;
}

interface Line {
  readonly atMs: number;
  readonly subject: string;
  readonly what: string;
}

const LINE = /^(\d+):(\d\d):(\d\d)\.(\d{3}) {2}(\S+) +(\S.*?)(?: {2}.*)?$/;

/**
 * Reads the rollout out of `fake.timeline({ commandId })`.
 *
 * At one instant, what ends frees its place before the next is sent. A node that ends at the instant at which it is sent to
 * is counted before the next one, since a timeline does not show how many such nodes were in flight together.
 */
export function readRollout(timeline: string): RolloutRead {
  const lines = timeline.split("\n").flatMap(parseLine);
  const sentAt = new Map<string, number>();
  for (const { atMs, subject, what } of lines) if (what === "sent") sentAt.set(subject, atMs);
  const isEnd = ({ subject, what }: Line) => what.startsWith("ended") && sentAt.has(subject);
  const rank = (line: Line) => (isEnd(line) && sentAt.get(line.subject) !== line.atMs ? 0 : 1);
  const moves = lines
    .filter((line) => line.what === "sent" || isEnd(line))
    .sort((a, b) => a.atMs - b.atMs || rank(a) - rank(b));
  let inFlight = 0;
  let maxInFlight = 0;
  for (const { what } of moves) {
    inFlight += what === "sent" ? 1 : -1;
    maxInFlight = Math.max(maxInFlight, inFlight);
  }
  return { order: [...sentAt.keys()], inFlight, maxInFlight };
}

function parseLine(text: string): readonly Line[] {
  const [, hours, minutes, seconds, ms, subject, what] = LINE.exec(text) ?? [];
  if (subject === undefined || what === undefined) return [];
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return [{ atMs: whole * 1_000 + Number(ms), subject, what }];
}
