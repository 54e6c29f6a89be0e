/** Where a payment lives. `sandbox` is built in; `test` and `live` are Xendit's two modes. Never mixed in one list or sum. */
export const ENVIRONMENTS = ["sandbox", "test", "live"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export function isEnvironment(value: unknown): value is Environment {
  return ENVIRONMENTS.some((environment) => environment === value);
}

export const environmentLabel: Record<Environment, string> = { sandbox: "Sandbox", test: "Test", live: "Live" };
