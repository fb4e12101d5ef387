import type { Pattern } from "../patterns/pattern.ts";
import { type LoopsRecord, runsOf } from "./record.ts";
import { countsOf, VERDICT_NAMES, type VERDICTS } from "./verdicts.ts";

type Name = keyof typeof VERDICTS;

/** Okabe and Ito's colors, which people who see few colors can tell apart; `ink` is what can be read on them. */
const COLORS: Readonly<Record<Name, { readonly fill: string; readonly ink: string }>> = {
  right: { fill: "#009E73", ink: "#000" },
  lied: { fill: "#D55E00", ink: "#000" },
  falseAlarm: { fill: "#F0E442", ink: "#000" },
  hung: { fill: "#0072B2", ink: "#fff" },
  sentTwice: { fill: "#CC79A7", ink: "#000" },
  threw: { fill: "#E69F00", ink: "#000" },
  leftRunning: { fill: "#56B4E9", ink: "#000" },
};

const WIDTH = 960;
const LEFT = 260;
const RIGHT = 20;
const TOP = 92;
const BAR = 24;
const STEP = 34;
const LEGEND_STEP = 98;
/** How many worlds lie between two lines. */
const TICK = 20;
/** A number needs this much room. */
const NUMBER_WIDTH = 16;

/** The picture `docs/why-loops-lie.svg`: a bar for each pattern, right and wrong worlds one after the other. */
export function loopsPicture(record: LoopsRecord, patterns: readonly Pattern[]): string {
  const worlds = Object.keys(record.worlds).length;
  const height = TOP + patterns.length * STEP + 34;
  const bars = patterns.map((pattern, index) => {
    const counts = countsOf(runsOf(record, pattern).values());
    return { title: pattern.title, counts, y: TOP + index * STEP };
  });
  const desc = bars.map(({ title, counts }) => `${title}: ${counted(counts)}.`).join(" ");
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">How many of ${worlds} worlds each pattern gets right, and how it fails</title>`,
    `<desc id="desc">${escaped(desc)}</desc>`,
    "<style>",
    "text { font: 13px system-ui, sans-serif; fill: #1f2328 } .head { font-weight: 600; font-size: 15px } .number { font-size: 12px; text-anchor: middle } .name { text-anchor: end } .axis { font-size: 11px; text-anchor: middle }",
    ".page { fill: #fff } .line { stroke: #1f2328; stroke-opacity: .25 } .bar { stroke: #1f2328; stroke-opacity: .35; stroke-width: .5 }",
    "@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .page { fill: #0d1117 } .line, .bar { stroke: #e6edf3 } }",
    ...VERDICT_NAMES.map((name) => `.number.on-${name} { fill: ${COLORS[name].ink} }`),
    "</style>",
    `<rect class="page" width="${WIDTH}" height="${height}" rx="6"/>`,
    `<text class="head" x="${RIGHT}" y="30">How many of ${worlds} worlds each pattern gets right, and how it fails</text>`,
    ...legend(),
    ...axis(worlds, TOP + patterns.length * STEP),
    ...bars.flatMap((bar) => barOf(bar, worlds)),
    "</svg>",
  ].join("\n")}\n`;
}

function legend(): readonly string[] {
  return VERDICT_NAMES.flatMap((name, index) => {
    const x = LEFT + index * LEGEND_STEP;
    return [
      `<rect class="bar" x="${x}" y="52" width="14" height="14" fill="${COLORS[name].fill}"/>`,
      `<text x="${x + 20}" y="63.5">${name}</text>`,
    ];
  });
}

interface Bar {
  readonly title: string;
  readonly counts: Readonly<Record<Name, number>>;
  readonly y: number;
}

function barOf({ title, counts, y }: Bar, worlds: number): readonly string[] {
  const middle = y + BAR / 2 + 4.5;
  const lines = [`<text class="name" x="${LEFT - 10}" y="${middle}">${escaped(title)}</text>`];
  let done = 0;
  for (const name of VERDICT_NAMES) {
    const count = counts[name];
    if (count === 0) continue;
    const [from, to] = [placeOf(done, worlds), placeOf(done + count, worlds)];
    const width = round(to - from);
    done += count;
    lines.push(
      `<rect class="bar" x="${from}" y="${y}" width="${width}" height="${BAR}" fill="${COLORS[name].fill}"><title>${escaped(title)}: ${name} in ${count} of ${worlds}</title></rect>`,
    );
    if (width < NUMBER_WIDTH) continue;
    lines.push(
      `<text class="number on-${name}" x="${round(from + width / 2)}" y="${middle}">${count}</text>`,
    );
  }
  return lines;
}

function axis(worlds: number, y: number): readonly string[] {
  const ticks = Array.from({ length: Math.floor(worlds / TICK) + 1 }, (_, tick) => tick * TICK);
  return ticks.flatMap((count) => {
    const x = placeOf(count, worlds);
    return [
      `<line class="line" x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${y}"/>`,
      `<text class="axis" x="${x}" y="${y + 16}">${count}</text>`,
    ];
  });
}

function placeOf(count: number, worlds: number): number {
  return round(LEFT + (count / worlds) * (WIDTH - LEFT - RIGHT));
}

function counted(counts: Bar["counts"]): string {
  return VERDICT_NAMES.filter((name) => counts[name] > 0)
    .map((name) => `${name} ${counts[name]}`)
    .join(", ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
