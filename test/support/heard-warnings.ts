import { vi } from "vitest";

/** The warnings on the console from now on, and a promise that is resolved by the first one. */
export function hearWarnings() {
  const texts: string[] = [];
  let heard = (): void => {};
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  vi.spyOn(console, "warn").mockImplementation((text: string) => {
    texts.push(text);
    heard();
  });
  return { texts, first };
}
