import { createServer, type IncomingHttpHeaders, type Server } from "node:http";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly delayMs?: number;
}

export interface TestDestination {
  readonly url: string;
  readonly received: Received[];
  /** How the next requests are answered; the last one stays. */
  answers: Answer[];
  /** How it is answered whatever came before; `answers` where it says nothing. */
  answerTo?: (received: Received) => Answer | null;
  close(): Promise<void>;
}

/** A merchant's endpoint over real HTTP on loopback. */
export async function startDestination(): Promise<TestDestination> {
  const received: Received[] = [];
  const destination: Pick<TestDestination, "answers" | "answerTo"> = { answers: [{ status: 200, body: "thank you" }] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(one);
      const answer = destination.answerTo?.(one) ?? nextAnswer();
      setTimeout(
        () => response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? ""),
        answer.delayMs ?? 0,
      );
    });
  });
  function nextAnswer(): Answer {
    const [answer = { status: 200 }] = destination.answers;
    if (destination.answers.length > 1) destination.answers.shift();
    return answer;
  }
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
