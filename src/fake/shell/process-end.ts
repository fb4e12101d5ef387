import { constants } from "node:os";
import { contentOf, tellsOfProcesses } from "./process-table.ts";

/** The signals by which a process is ended, and that it may hear of. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** What is to be done at the end of this process, and what listens to it. */
interface AtEnd {
  readonly works: Set<() => void>;
  readonly remove: () => void;
}

/**
 * The list lies on the listener itself, which all copies of this package find, so that a process has one listener for each
 * signal however many scripts run.
 */
const AT_END: unique symbol = Symbol.for("ssm-run-command at the end of the process");

/**
 * Does something when this process ends: by itself, by `process.exit()`, by an exception that nobody catches, or by SIGINT,
 * SIGTERM, SIGHUP or SIGQUIT. A signal that was ignored when the process started is ignored still, where the system tells.
 *
 * A signal ends the process as if this listener did not exist: if no other code listens to it, it is sent again when the work
 * is done; other code does not see this listener.
 *
 * @param work - Must be done when it returns.
 * @returns A function that withdraws it.
 */
export function whenProcessEnds(work: () => void): () => void {
  const atEnd = known() ?? listen();
  atEnd.works.add(work);
  return () => {
    if (atEnd.works.delete(work) && atEnd.works.size === 0) atEnd.remove();
  };
}

function known(): AtEnd | undefined {
  // Any of them may have that member, of our own kind, under our own symbol.
  const listeners = realProcess().listeners("exit") as readonly { readonly [AT_END]?: AtEnd }[];
  return listeners.find((listener) => listener[AT_END])?.[AT_END];
}

function listen(): AtEnd {
  const host = realProcess();
  const works = new Set<() => void>();
  const finish = () => {
    for (const work of works) work();
    works.clear();
  };
  const ignored = ignoredSignals();
  const hearing = SIGNALS.filter((signal) => !ignored.includes(signal)).map((signal) =>
    hearSignal(host, signal, finish),
  );
  const remove = () => {
    for (const stop of hearing) stop();
    host.removeListener("exit", onExit);
  };
  const onExit = Object.assign(() => finish(), { [AT_END]: { works, remove } });
  host.on("exit", onExit);
  return { works, remove };
}

/** Listens to a signal, and does the work when it ends the process. Returns a function that stops that. */
function hearSignal(host: NodeJS.Process, signal: NodeJS.Signals, finish: () => void): () => void {
  let isOver = false;
  const mute = () => host.removeListener(signal, listener);
  const hear = () => {
    host.removeListener("removeListener", onRemoved);
    // First, so that listeners for one signal only are still there when it is asked who else listens. Not anew where it is
    // there already: a signal that has arrived, and was not told yet, would be lost.
    if (!isOver && !host.listeners(signal).includes(listener))
      host.prependListener(signal, listener);
  };
  const onRemoved = (event: string | symbol) => {
    if (event === signal && host.listenerCount(signal) === 0) hear();
  };
  const listener = () => {
    mute();
    if (host.listenerCount(signal) === 0) {
      finish();
      host.kill(host.pid, signal);
      return;
    }
    // Others listen, and decide what the signal does. They must not see one more listener than without this one, since some
    // end the process only if they are alone. If it goes on, the next signal is heard: at the latest when all of them have
    // run, and at once when none of them listens any more.
    host.on("removeListener", onRemoved);
    queueMicrotask(hear);
  };
  hear();
  return () => {
    isOver = true;
    host.removeListener("removeListener", onRemoved);
    mute();
  };
}

/** The process itself: test runners such as Jest hand out a copy of it, which never hears of its end. */
function realProcess(): NodeJS.Process {
  return process.getBuiltinModule?.("node:process") ?? process;
}

/** The signals that this process ignores: others have told it so before it started. Linux alone tells. */
function ignoredSignals(): readonly NodeJS.Signals[] {
  const status = tellsOfProcesses() ? contentOf("/proc/self/status") : "";
  const [, mask = "0"] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  return SIGNALS.filter(
    (signal) => (BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n,
  );
}
