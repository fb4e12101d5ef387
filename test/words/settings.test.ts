import { describe, expect, it } from "vitest";
import { DEFAULT_LATENCY, LATENCY_PRESETS } from "../../src/fake/account/latency.ts";
import { DEFAULT_SETTINGS } from "../../src/fake/engine/settings.ts";
import { withCitationLinks } from "../support/citation-links.ts";
import { DECIDED_QUESTIONS, SETTING_NOTES } from "../support/open-question-notes.ts";
import { documentedLatencies, documentedSettings, settingsPage } from "../support/settings-page.ts";

describe("the page of settings", () => {
  it("is what the source says (stale: npx vitest run test/words -u)", async () => {
    await expect(withCitationLinks(settingsPage())).toMatchFileSnapshot("../../docs/settings.md");
  });

  it("has a row for every setting", () => {
    expect(documentedSettings().map(({ name }) => name)).toEqual(Object.keys(DEFAULT_SETTINGS));
  });

  it.each(documentedSettings())("names the default that $name has", ({ name, byDefault }) => {
    const [, value] = Object.entries(DEFAULT_SETTINGS).find(([setting]) => setting === name)!;
    expect(byDefault).toBe(value === undefined ? "undefined" : JSON.stringify(value));
  });

  it.each(documentedLatencies())("names the default that $name has", ({ name, byDefault }) => {
    const preset = LATENCY_PRESETS[DEFAULT_LATENCY];
    const [, value] = Object.entries(preset).find(([delay]) => delay === name)!;
    expect(byDefault).toBe(JSON.stringify(value));
  });

  it.each([...documentedSettings(), ...documentedLatencies()])("explains $name", ({ comment }) => {
    expect(comment).toMatch(/^[A-Z`].*\.$/s);
  });

  it("answers the questions, each once", () => {
    const numbers = [
      ...Object.values(SETTING_NOTES).flatMap(({ questions }) => questions),
      ...Object.keys(DECIDED_QUESTIONS).map(Number),
    ];
    const all = Array.from({ length: 45 }, (_, index) => index + 1);
    expect(numbers.sort((a, b) => a - b)).toEqual(all);
  });
});
