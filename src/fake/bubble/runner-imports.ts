import { realTime } from "../../time/clock.ts";
import type { RealWork } from "./real-work.ts";

const LOOK_EVERY_MS = 2;

/** What Vitest keeps of the modules that it is loading: from version 4 on, and before. */
interface VitestWorker {
  readonly resolvingModules?: { readonly size: number };
  readonly moduleCache?: { readonly values?: () => Iterable<VitestModule> };
}

interface VitestModule {
  readonly resolving?: unknown;
  readonly promise?: unknown;
  readonly evaluated?: unknown;
}

/**
 * Takes note of modules that Vitest is loading for an `import()`. It asks its main process for them, by messages that nothing
 * of Node shows; its own `vi.dynamicImportSettled()` looks at the same place.
 */
export function watchRunnerImports(work: RealWork): () => void {
  let end: (() => void) | undefined;
  const look = () => {
    if (isLoading()) {
      end ??= work.begin({ what: () => "an import that Vitest loads", madeAt: {} });
      realTime.after(LOOK_EVERY_MS, look, { background: true });
    } else {
      end?.();
      end = undefined;
    }
  };
  return () => {
    if (end === undefined) look();
  };
}

function isLoading(): boolean {
  // Where Vitest does not keep it there, nothing is loading.
  const { __vitest_worker__: worker } = globalThis as { readonly __vitest_worker__?: VitestWorker };
  if (worker === undefined) return false;
  if ((worker.resolvingModules?.size ?? 0) > 0) return true;
  for (const { resolving, promise, evaluated } of worker.moduleCache?.values?.() ?? []) {
    if (resolving || (promise && !evaluated)) return true;
  }
  return false;
}
