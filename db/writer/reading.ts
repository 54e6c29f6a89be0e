import { compareSameKey } from "../../app/xendit/compare.ts";
import { foldCluster } from "../../app/xendit/fold.ts";
import { maskBody } from "../../app/xendit/mask.ts";
import { readObservation } from "../../app/xendit/read-observation.ts";
import type { Reading } from "./engine.ts";

export const reading: Reading = { maskBody, readObservation, compareSameKey, foldCluster };
