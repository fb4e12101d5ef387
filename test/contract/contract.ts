import type { FakeSsmOptions } from "ssm-run-command/fake";
import { describe, it } from "vitest";
import { cancelCommandContract } from "./cancel-command.contract.ts";
import { type AdapterOf, ContractAccount } from "./contract-account.ts";
import { exceptionsContract } from "./exceptions.contract.ts";
import { getCommandInvocationContract } from "./get-command-invocation.contract.ts";
import { lifeCycleContract } from "./life-cycle.contract.ts";
import { listCommandInvocationsContract } from "./list-command-invocations.contract.ts";
import { listCommandsContract } from "./list-commands.contract.ts";
import { ownDocumentContract } from "./own-document.contract.ts";
import { rolloutContract } from "./rollout.contract.ts";
import { sendCommandContract } from "./send-command.contract.ts";
import { sendCommandRefusalsContract } from "./send-command-refusals.contract.ts";
import { targetsContract } from "./targets.contract.ts";

/** Opens an account that is reached by the adapter under test. */
export type Open = (options?: FakeSsmOptions) => ContractAccount;

/** Adds a case to a contract. */
export type AddCase = (name: string, run: (open: Open) => Promise<void>) => void;

const PARTS = {
  "life cycle": lifeCycleContract,
  rollout: rolloutContract,
  targets: targetsContract,
  SendCommand: sendCommandContract,
  "refusals of SendCommand": sendCommandRefusalsContract,
  CancelCommand: cancelCommandContract,
  GetCommandInvocation: getCommandInvocationContract,
  ListCommands: listCommandsContract,
  ListCommandInvocations: listCommandInvocationsContract,
  "a document of the user's own": ownDocumentContract,
  exceptions: exceptionsContract,
} satisfies Record<string, (addCase: AddCase) => void>;

/**
 * What Run Command promises, tested by one adapter. Returns the names of the cases that have passed; the list grows while
 * the tests run.
 */
export function describeRunCommandContract(
  name: string,
  adapterOf: AdapterOf,
): ReadonlySet<string> {
  const passed = new Set<string>();
  describe(`Run Command through ${name}`, () => {
    for (const [part, contract] of Object.entries(PARTS)) {
      contract((fact, run) => {
        const title = `${part}: ${fact}`;
        it(title, async () => {
          await run((options = {}) => new ContractAccount(adapterOf, options));
          passed.add(title);
        });
      });
    }
  });
  return passed;
}
