import type { FaultThatStruck } from "../../time/clock.ts";

/** How deep causes are followed. */
const MOST_CAUSES = 20;

/** Whether an error is that of a fault that struck, or has it as a cause. */
export function isOfFault(error: unknown, struck: readonly FaultThatStruck[]): boolean {
  const causes = causesOf(error);
  return struck.some((fault) => causes.some((each) => isErrorOf(fault, each)));
}

function isErrorOf({ fault, name, message }: FaultThatStruck, error: object): boolean {
  const codes = () => [read(error, "code"), read(error, "errno")];
  switch (fault) {
    case "refuse":
      return read(error, "name") === name && (!message || read(error, "message") === message);
    case "resetConnection":
      return codes().includes("ECONNRESET");
    case "loseAnswer":
      return codes().some((code) => code === "ECONNRESET" || code === "ETIMEDOUT");
    case "delay": // what is slow has no error of its own
      return false;
    case "breakBody": // as the SDK reads a body that is cut
      return read(error, "name") === "SyntaxError";
  }
}

/** An error, and all that it says it was caused by. */
function causesOf(error: unknown): readonly object[] {
  const found = new Set<object>();
  const look = (each: unknown) => {
    if (typeof each !== "object" || each === null) return;
    if (found.has(each) || found.size >= MOST_CAUSES) return;
    found.add(each);
    look(read(each, "cause"));
    const errors = read(each, "errors");
    if (Array.isArray(errors)) for (const one of errors) look(one);
  };
  look(error);
  return [...found];
}

/** A member of what was thrown, which may be anything. */
function read(error: object, member: string): unknown {
  try {
    return Reflect.get(error, member);
  } catch {
    return undefined;
  }
}
