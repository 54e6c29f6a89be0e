import { OPEN_REASONS, type QuarantineTab, reasonWords } from "~/domain/quarantine/quarantine.ts";
import type { FilterSpec } from "../table/filter-spec.ts";

const reason: FilterSpec = {
  kind: "codes",
  name: "reason",
  label: "Reason",
  options: OPEN_REASONS.map((one) => ({ value: one, label: reasonWords[one].title })),
  closed: true,
};
const received: FilterSpec = { kind: "days", label: "Received" };

export const quarantineFilterSpecs: Record<QuarantineTab, readonly FilterSpec[]> = {
  open: [reason, received],
  aside: [reason, received],
  expunged: [received],
};
