export * from "./capture.ts";
export * from "./desk.ts";
export * from "./operators.ts";
export * from "./projection.ts";
export * from "./reconciliation.ts";
export * from "./sandbox.ts";
export * from "./support.ts";
export * from "./webhook-desk.ts";
