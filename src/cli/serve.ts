import { FakeSsm } from "../fake/index.ts";
import { readFleet, serveFakeSsm } from "../fake/node.ts";
import { type Clock, scaledClock, systemClock } from "../index.ts";
import { requestLine } from "./request-line.ts";
import type { ServeSettings } from "./serve-options.ts";

/** What a command writes to, and what ends it. */
export interface CliStreams {
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
  /** Writes a line to standard error. */
  readonly note: (line: string) => void;
  /** Resolves when the user wants an end. Asked once, before anything starts. */
  readonly stopped: () => Promise<void>;
}

/** A shell that does not end in this time is left to the end of the process: a signal ends it within a second. */
const LONGEST_END = "800ms";

/** Serves a fake until the user wants an end. Nothing starts before the fleet file is known to be right. */
export async function serve(
  settings: ServeSettings,
  { print, note, stopped }: CliStreams,
): Promise<void> {
  const { fleet: file, allowShell, timeScale, latency, region, log, ...others } = settings;
  const { port, host, allowRemote, allowedHosts, ...unused } = others;
  // Whoever adds an option is told here, by the compiler, that nothing uses it yet.
  unused satisfies Readonly<Record<string, never>>;
  const fleet =
    file === undefined ? { nodes: [], documents: [] } : await readFleet(file, { allowShell });
  const clock = timeScale === 1 ? systemClock : scaledClock(timeScale);
  const fake = new FakeSsm<Clock>({ clock, region, latency, nodes: fleet.nodes });
  const addDocuments = async () => {
    for (const { name, content } of fleet.documents) await fake.documents.add(name, content);
  };
  await addDocuments();
  const end = stopped();
  const served = await serveFakeSsm(fake, {
    port,
    host,
    allowRemote,
    allowedHosts,
    // A reset drops documents; those of the file are there from the start.
    reset: async () => {
      await fake.reset();
      await addDocuments();
    },
    log: (request) => {
      const line = requestLine(request, log);
      if (line !== undefined) note(line);
    },
  });
  print(`ssm-run-command is listening on ${served.url}`);
  if (file === undefined && log === "text") {
    note("There are no nodes: no --fleet was given. --help shows how.");
  }
  await end;
  await Promise.race([Promise.all([served.close(), fake.reset()]), systemClock.sleep(LONGEST_END)]);
}
