import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newSigningSecret, signatureHeaders } from "~/domain/destinations/standard-webhooks.ts";

const docs = readFileSync(resolve(import.meta.dirname, "../../docs/webhook-signatures.md"), "utf8");
const NOW = 1_780_000_000;

interface Received {
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8. */
  readonly body: string;
  readonly now: number;
}

/** The block of code as it stands in the docs; nothing of it is written again here. */
function codeIn(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, "m").exec(docs)?.[1];
  if (!block) throw new Error(`docs/webhook-signatures.md has no block of ${language}`);
  return block;
}

function isThere(command: string): boolean {
  return spawnSync(command, ["--version"]).status === 0;
}

const secret = newSigningSecret();
const other = newSigningSecret();
const body = JSON.stringify({ event: "payment.capture", data: { payment_id: "py-1", note: "Kōpi Luwak ☕" } });
const signed = (secrets: readonly string[], at = NOW, id = "wh_1") =>
  signatureHeaders({ secrets, id, timestampSeconds: at, body });
const asReceived = (more: Partial<Received> = {}): Received => ({
  secret,
  headers: signed([secret]),
  body,
  now: NOW,
  ...more,
});

const cases: readonly (readonly [string, Received, boolean])[] = [
  ["a signature made with the secret", asReceived(), true],
  ["a clock four minutes apart", asReceived({ now: NOW + 240 }), true],
  ["a body changed by one letter", asReceived({ body: body.replace("py-1", "py-2") }), false],
  ["a body parsed and written again", asReceived({ body: JSON.stringify(JSON.parse(body), null, 1) }), false],
  ["another secret", asReceived({ secret: other }), false],
  ["another webhook-id", asReceived({ headers: { ...signed([secret]), "webhook-id": "wh_2" } }), false],
  [
    "a timestamp moved to now under an old signature",
    asReceived({ headers: { ...signed([secret], NOW - 3_600), "webhook-timestamp": String(NOW) } }),
    false,
  ],
  ["a request of ten minutes ago, sent again", asReceived({ headers: signed([secret], NOW - 600) }), false],
  ["a request from ten minutes ahead", asReceived({ headers: signed([secret], NOW + 600) }), false],
  ["rotation, checked with the old secret", asReceived({ headers: signed([other, secret]) }), true],
  ["rotation, checked with the new secret", asReceived({ headers: signed([secret, other]) }), true],
  ["after rotation, checked with the old secret", asReceived({ headers: signed([other]) }), false],
  [
    "a signature of an unknown version",
    asReceived({ headers: { ...signed([secret]), "webhook-signature": `v9,${bare(signed([secret]))}` } }),
    false,
  ],
  [
    "a signature of an unknown version beside a good one",
    asReceived({ headers: { ...signed([secret]), "webhook-signature": `v9,AAAA v1,${bare(signed([secret]))}` } }),
    true,
  ],
  ["an empty signature", asReceived({ headers: { ...signed([secret]), "webhook-signature": "v1," } }), false],
];

function bare(headers: Readonly<Record<string, string>>): string {
  return (headers["webhook-signature"] ?? "").replace("v1,", "");
}

describe("signatureHeaders", () => {
  it("agrees with the published example of Standard Webhooks", () => {
    const headers = signatureHeaders({
      secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestampSeconds: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("signs with every secret, newest first, and not at all without one", () => {
    const [first, second, ...more] = (signed([secret, other])["webhook-signature"] ?? "").split(" ");
    expect([first, second]).toEqual([signed([secret])["webhook-signature"], signed([other])["webhook-signature"]]);
    expect(more).toEqual([]);
    expect(signed([])).toEqual({ "webhook-id": "wh_1", "webhook-timestamp": String(NOW) });
  });

  it("signs bytes and the same text alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const of = (content: string | Uint8Array) =>
          signatureHeaders({ secrets: [secret], id: "wh_1", timestampSeconds: NOW, body: content });
        expect(of(new TextEncoder().encode(text))).toEqual(of(text));
      }),
    );
  });

  it("makes secrets that differ, of 32 bytes", () => {
    expect(secret).not.toBe(other);
    expect(Buffer.from(secret.replace("whsec_", ""), "base64")).toHaveLength(32);
  });

  it("does not sign with a secret that is none", () => {
    for (const damaged of ["", "whsec_", "whsec_short", secret.replace("whsec_", "")]) {
      expect(() => signed([damaged]), damaged).toThrow();
    }
  });
});

describe("the verifiers of the docs", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "paydesk-verifier-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are of ten lines", () => {
    for (const language of ["python", "js"]) {
      const [, functionText = ""] = codeIn(language).split("\n\n");
      expect(functionText.trimEnd().split("\n").length, language).toBeLessThanOrEqual(10);
    }
  });

  it("in JavaScript: takes what fits and refuses what does not", async () => {
    const file = join(folder, "verify.mjs");
    writeFileSync(file, codeIn("js"));
    const { verify } = (await import(/* @vite-ignore */ file)) as { verify: (...args: unknown[]) => unknown };
    for (const [name, { secret: with_, headers, body: text, now }, fits] of cases) {
      expect(verify(with_, headers, Buffer.from(text), now), name).toBe(fits);
    }
  });

  it.skipIf(!isThere("python3"))("in Python, when python3 is there: takes what fits and refuses what does not", () => {
    const program = [
      codeIn("python"),
      "import json, sys",
      "received = json.load(sys.stdin)",
      'print(json.dumps([verify(one["secret"], one["headers"], one["body"].encode(), one["now"]) for one in received]))',
    ].join("\n");
    const file = join(folder, "verify.py");
    writeFileSync(file, program);
    const ran = spawnSync("python3", [file], { input: JSON.stringify(cases.map(([, received]) => received)) });
    expect(String(ran.stderr)).toBe("");
    const answers = JSON.parse(String(ran.stdout)) as boolean[];
    expect(cases.map(([name], index) => [name, answers[index]])).toEqual(cases.map(([name, , fits]) => [name, fits]));
  });
});
