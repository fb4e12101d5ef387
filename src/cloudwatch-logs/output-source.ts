import type { CommandPlugin } from "@aws-sdk/client-ssm";
import type { CallOptions } from "../domain/run-command-api.ts";

/** A plugin on a node, whose output is wanted. */
export interface OutputPlace {
  readonly commandId: string;
  readonly instanceId: string;
  readonly plugin: string;
  /** Whether the API shows that the plugin wrote anything; undefined if it does not say. */
  readonly written: boolean | undefined;
  /** What the API shows of the plugin. */
  readonly shown?: CommandPlugin | undefined;
}

/** Where the output of a command lies. */
export interface OutputSource {
  /** The name of each of its two streams that is there. */
  find(place: OutputPlace): {
    readonly stdout?: string | undefined;
    readonly stderr?: string | undefined;
  };
  /** All text of a stream. */
  read(name: string, options: CallOptions): Promise<string>;
  /** The likely reason why neither is there. */
  whyMissing(place: OutputPlace): string;
}
