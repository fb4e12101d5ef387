import type { FleetService, Outside } from "./fleet-service.ts";

/** Makes the service under test, correct or broken, with what a test gives it. */
export type MakeService = (outside: Outside) => FleetService;

/** Tests of the service by their names, written for no particular runner. A test that rejects has failed. */
export type Suite = Readonly<Record<string, (makeService: MakeService) => Promise<void>>>;
