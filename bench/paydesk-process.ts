import { main } from "../server/main.ts";

/** The server as it is shipped, its pages left out: capture, store and background work, in a process that can be killed. */
await main(process.env, async () => ({
  assets: async () => false,
  pages: async (_request, response) => void response.writeHead(404).end(),
}));
