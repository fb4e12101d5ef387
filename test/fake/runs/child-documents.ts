import { succeeds } from "ssm-run-command/fake";
import { content, scriptStep } from "../documents/a-document.ts";

export const ERRORS = "\n----------ERROR-------\n";

/** A document of steps with these names; the script of each is its name. */
export const steps = (...names: readonly string[]) =>
  content({ mainSteps: names.map((name) => scriptOf(name)) });

export const scriptOf = (name: string) => scriptStep({ name, inputs: { runCommand: [name] } });

/** A step that runs another document. */
export const runsChild = (documentPath: string, inputs: object = {}) => ({
  name: "run-it",
  action: "aws:runDocument",
  inputs: { documentType: "SSMDocument", documentPath, ...inputs },
});

/** A document of one such step, and of more. */
export const parent = (step: object, ...more: readonly object[]) =>
  content({ mainSteps: [step, ...more] });

/** A step that ran, whose name does not count. */
export const step = (detail: string, exitCode: number, output: string) => ({
  ...{ name: "run-it", detail, exitCode, output },
});

/** Every process prints its script. */
export const echoes = { behavior: ({ script = "?" }) => succeeds({ stdout: script }) };
