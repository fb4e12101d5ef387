import { HELP } from "./help.ts";
import { ownVersion } from "./own-version.ts";
import { readServeSettings, UsageError } from "./read-serve-settings.ts";
import { type CliStreams, serve } from "./serve.ts";

/** Runs a command line. Returns the exit code, and throws nothing. */
export async function runCli(args: readonly string[], streams: CliStreams): Promise<number> {
  const [command, ...rest] = args;
  if (args.includes("--help") || args.includes("-h")) {
    streams.print(HELP.trimEnd());
    return 0;
  }
  if (args.includes("--version")) {
    streams.print(ownVersion());
    return 0;
  }
  try {
    if (command !== "serve") {
      const found =
        command === undefined ? "No command was given" : `There is no command ${command}`;
      throw new UsageError(`${found}. There is serve; --help shows examples.`);
    }
    await serve(readServeSettings(rest), streams);
    return 0;
  } catch (error) {
    streams.note(error instanceof Error ? error.message : String(error));
    // The library throws TypeError for an option that it refuses, such as an address that other machines reach.
    return error instanceof UsageError || error instanceof TypeError ? 2 : 1;
  }
}
