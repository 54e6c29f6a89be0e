import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createStreams } from "../../server/streams.ts";

describe("answers that wait", () => {
  const streams = createStreams();
  const server = createServer((request, response) => {
    streams.watch(response);
    if (!response.destroyed && request.url === "/payments") response.end("a page");
  });
  afterEach(() => void server.close());

  it("are ended by a shutdown, those as well that begin after it; a page is still answered", async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const waiting = fetch(`${url}/api/v1/events?wait=25`).catch(() => "cut");
    await expect.poll(() => new Promise((count) => server.getConnections((_, open) => count(open)))).toBe(1);
    await fetch(`${url}/payments`);
    streams.end();
    expect(await waiting).toBe("cut");
    for (const path of ["/api/v1/events?wait=25", "/live"]) {
      await expect(fetch(url + path)).rejects.toThrow();
    }
    expect(await (await fetch(`${url}/payments`)).text()).toBe("a page");
  });
});
