// Starts a worker from its TypeScript source. A worker takes over tsx neither from its parent nor from --import (Node 20).
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.source);
