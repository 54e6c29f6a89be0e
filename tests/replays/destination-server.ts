import { createServer, type IncomingHttpHeaders, type Server } from "node:http";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestDestination {
  readonly url: string;
  readonly received: Received[];
  /** How the next requests are answered; the last one stays. */
  answers: { status: number; body?: string; headers?: Record<string, string>; delayMs?: number }[];
  close(): Promise<void>;
}

/** A merchant's endpoint over real HTTP on loopback. */
export async function startDestination(): Promise<TestDestination> {
  const received: Received[] = [];
  const destination = { answers: [{ status: 200, body: "thank you" }] as TestDestination["answers"] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      const [answer = { status: 200 }] = destination.answers;
      if (destination.answers.length > 1) destination.answers.shift();
      setTimeout(
        () => response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? ""),
        answer.delayMs ?? 0,
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return Object.assign(destination, {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  });
}
