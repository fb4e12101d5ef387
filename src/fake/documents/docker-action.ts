/** The inputs of `aws:runDockerAction`, by the names of the agent's structure. */
type DockerInputs = Readonly<Record<string, unknown>>;

const NAME = /^[a-zA-Z0-9_\-\\/]*$/;
const NO_SEPARATORS = /^[^;,&|]*$/;

/** What the agent allows in its fields, in the order in which it looks, and its messages [agent-docker-container]. */
const ALLOWED: readonly (readonly [field: string, pattern: RegExp, message: string])[] = [
  ["Container", NAME, "Invalid container name, only [a-zA-Z0-9_-] are allowed"],
  ["Image", NAME, "Invalid image value, only [a-zA-Z0-9_-] are allowed"],
  ["User", /^[a-zA-Z0-9_-]*$/, "Invalid user value"],
  ["Volume", /^[\w\\/:\-."()^ ]*$/, "Invalid volume"],
  ["CpuShares", /^\/?[a-zA-Z0-9_-]*$/, "Invalid CpuShares value, only integars are allowed"],
  ["Memory", /^[0-9]*[bkmg]?$/, "Invalid CpuShares value"],
  ["Publish", /^[0-9a-zA-Z:\-/.]*$/, "Invalid Publish value"],
  ["Env", NO_SEPARATORS, "Invalid environment variable value"],
  ["Cmd", NO_SEPARATORS, "Invalid command value"],
];

/** Its actions, and what each needs [agent-docker-container]. */
const NEEDS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["Create", ["Image"]],
  ["Run", ["Image"]],
  ["Start", ["Container"]],
  ["Rm", ["Container"]],
  ["Stop", ["Container"]],
  ["Exec", ["Container", "Cmd"]],
  ["Inspect", ["Container or Image"]],
  ["Stats", []],
  ["Logs", ["Container"]],
  ["Pull", ["Image"]],
  ["Images", []],
  ["Rmi", ["Image"]],
  ["Ps", []],
]);

/** What the agent objects to the inputs of `aws:runDockerAction`: first its fields, then the action, then what it needs. */
export function dockerMistake(inputs: DockerInputs): string | undefined {
  const wrong = ALLOWED.find(([field, pattern]) =>
    [inputs[field] ?? ""].flat().some((text) => !pattern.test(String(text))),
  );
  if (wrong !== undefined) return `Validation error, ${wrong[2]}`;
  const { Action = "" } = inputs;
  const needs = NEEDS.get(Action);
  if (needs === undefined) return `Docker Action is set to unsupported value: ${String(Action)}`;
  const isGiven = (field: string) => (inputs[field] ?? "") !== "";
  const missing = needs.find((fields) => !fields.split(" or ").some(isGiven));
  return missing && `Action ${String(Action)} requires parameter ${missing.toLowerCase()}`;
}
