/** A fault that struck a call, as the journal has it. */
export interface StruckFault {
  readonly fault: "refuse" | "delay" | "resetConnection" | "breakBody" | "loseAnswer";
  /** The name of the error, of a call that was refused. */
  readonly name?: string | undefined;
}

/** How deep causes are followed. */
const MOST_CAUSES = 20;

/** Whether an error is that of a fault that struck, or has it as a cause. */
export function isOfFault(error: unknown, struck: Iterable<StruckFault>): boolean {
  const marks = new Set([...struck].flatMap(marksOf));
  return causesOf(error).some((each) => marksOfError(each).some((mark) => marks.has(String(mark))));
}

/** By what the errors of a fault can be told: names and codes. */
function marksOf({ fault, name }: StruckFault): readonly string[] {
  switch (fault) {
    case "refuse":
      return name === undefined ? [] : [name];
    case "resetConnection":
      return ["ECONNRESET"];
    case "loseAnswer":
      return ["ECONNRESET", "ETIMEDOUT"];
    case "delay": // what is slow has no error of its own
      return [];
    case "breakBody": // as the SDK reads a body that is cut
      return ["SyntaxError"];
  }
}

function marksOfError(error: object): readonly unknown[] {
  return ["name", "code", "Code", "__type"].map((member) => Reflect.get(error, member));
}

/** An error, and all that it says it was caused by. */
function causesOf(error: unknown): readonly object[] {
  const found = new Set<object>();
  const look = (each: unknown) => {
    if (typeof each !== "object" || each === null) return;
    if (found.has(each) || found.size >= MOST_CAUSES) return;
    found.add(each);
    look(Reflect.get(each, "cause"));
    const errors: unknown = Reflect.get(each, "errors");
    if (Array.isArray(errors)) for (const one of errors) look(one);
  };
  look(error);
  return [...found];
}
