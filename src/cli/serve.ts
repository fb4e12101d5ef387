import { FakeSsm } from "../fake/index.ts";
import { readFleet, serveFakeSsm } from "../fake/node.ts";
import { type Clock, scaledClock, systemClock } from "../index.ts";
import { requestLine } from "./request-line.ts";
import type { ServeSettings } from "./serve-options.ts";

/** Where the program writes to, and what ends it. */
export interface CliStreams {
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
  /** Writes a line to standard error. */
  readonly note: (line: string) => void;
  /** Resolves when the user wants the program to end. Called once, before the server starts. */
  readonly stopped: () => Promise<void>;
}

/** How long shells get to end after a signal, so that the program ends within a second. Others end with the process. */
const LONGEST_END = "800ms";

/** Serves a fake until the user ends it. Nothing starts before the fleet file is known to be valid. */
export async function serve(
  settings: ServeSettings,
  { print, note, stopped }: CliStreams,
): Promise<void> {
  const { fleet: file, allowShell, timeScale, latency, region, log, ...others } = settings;
  const { port, host, allowRemote, allowedHosts, ...unused } = others;
  // Does not compile if an option is added that nothing uses.
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
    // A reset drops all documents, so those of the fleet file are added again.
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
