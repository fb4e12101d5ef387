import { ownTimers } from "./own-timers.ts";
import { stories } from "./stories.ts";

// Without `namedTimers`: Deno has neither live bindings of its built-in modules nor hooks that see a timer made, so that names
// which were imported or kept before the bubble stay real. The default export of the same module does follow.
for (const [name, run] of Object.entries({ ...stories, ...ownTimers })) Deno.test(name, run);
