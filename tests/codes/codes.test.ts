import { describe, expect, it } from "vitest";
import { decodeAdvice } from "../../app/xendit/codes/advice.ts";
import { decodeAvs } from "../../app/xendit/codes/avs.ts";
import { decodeCvn } from "../../app/xendit/codes/cvn.ts";
import { decodeEci, eciFitsNetwork } from "../../app/xendit/codes/eci.ts";
import { decodeFailure } from "../../app/xendit/codes/failure.ts";
import { decodeResponse, failureOfResponse } from "../../app/xendit/codes/response.ts";
import {
  decode3dsFlow,
  decode3dsReason,
  decode3dsStatus,
  decodeChallengeCancel,
} from "../../app/xendit/codes/three-ds.ts";
import { adviceFacts, avsFacts, cells, cvnFacts, eciFacts, failureFacts, reasonFacts, responseFacts } from "./facts.ts";

const UNKNOWN = "not in our table";

describe("every code of the fact sheet has a reading", () => {
  const codesOf = (cell: string) =>
    cell
      .split(/[,/]/)
      .map((code) => code.replace(/\(.*\)/, "").trim())
      .filter(Boolean);

  it.each(cells(responseFacts))("network response %s is %s", (code = "", label = "", failure = "") => {
    const reading = decodeResponse(code);
    expect(reading.short.toLowerCase()).toBe(label.toLowerCase());
    expect(failureOfResponse(code)).toBe(failure);
    expect(reading.tone).toBe(failure === "SUCCESS" ? "good" : failure === "PARTIAL_APPROVAL" ? "look" : "bad");
  });

  it.each(
    cells(failureFacts).flatMap(([codes = "", , retry = ""]) => codesOf(codes).map((code) => [code, retry] as const)),
  )("failure code %s (%s)", (code, retry) => {
    const reading = decodeFailure(code);
    expect(reading.short).not.toBe(UNKNOWN);
    expect(reading.advice === undefined).toBe(retry === "–");
  });

  it.each([
    "PARTIAL_APPROVAL",
    "SUCCESS",
    "INVALID_CARD",
    "ISSUER_SUSPECT_FRAUD",
    "TRANSACTION_BLOCKED",
    "PROCESS_ERROR",
  ])("failure code %s of the declines page", (code) => expect(decodeFailure(code).short).not.toBe(UNKNOWN));

  it.each(
    cells(eciFacts).flatMap(([codes = "", visa = "", mastercard = ""]) =>
      codesOf(codes).map((code) => [code, visa, mastercard] as const),
    ),
  )("ECI %s is %s on Visa and %s on Mastercard", (code, visa, mastercard) => {
    expect(decodeEci(code, { network: "VISA" }).sure).toBe(visa !== "–");
    expect(decodeEci(code, { network: "MASTERCARD" }).sure).toBe(mastercard !== "–");
    expect(decodeEci(code).short).not.toBe(UNKNOWN);
  });

  it.each(
    cells(avsFacts).flatMap(([codes = "", , , kind = ""]) => codesOf(codes).map((code) => [code, kind] as const)),
  )("AVS %s (%s)", (code, kind) => {
    const reading = decodeAvs(code);
    expect(reading.short).not.toBe(UNKNOWN);
    if (kind === "full") expect(reading.tone).toBe("good");
    if (kind === "none") expect(reading.tone).toBe("bad");
    if (kind === "unavailable") expect(reading.blank).toBeDefined();
  });

  it.each([...cvnFacts.matchAll(/(?:^|; )([A-Z0-9]) /g)].map((match) => match[1] ?? ""))("CVN %s", (code) => {
    expect(decodeCvn(code).short).not.toBe(UNKNOWN);
  });

  it.each([...reasonFacts.matchAll(/(\d{2}) ([a-z][^;,]*)/g)].map((match) => [match[1] ?? "", match[2] ?? ""]))(
    "3-D Secure reason %s is %s",
    (code) => expect(decode3dsReason(code).short).not.toBe(UNKNOWN),
  );

  it.each([...adviceFacts.matchAll(/(?:^|; )(\d{2})/g)].map((match) => match[1] ?? ""))(
    "merchant advice %s",
    (code) => {
      expect(decodeAdvice(code).short).not.toBe(UNKNOWN);
    },
  );

  it.each(["Y", "A", "C", "N", "U", "R", "I"])("transStatus %s", (code) => {
    expect(decode3dsStatus(code).short).not.toBe(UNKNOWN);
  });

  it.each(["01", "03", "04", "05", "06", "07", "08"])("challenge cancel %s", (code) => {
    expect(decodeChallengeCancel(code).short).not.toBe(UNKNOWN);
  });

  it("takes in as many codes as the fact sheet has", () => {
    expect(cells(responseFacts)).toHaveLength(78);
    expect([...cvnFacts.matchAll(/(?:^|; )([A-Z0-9]) /g)]).toHaveLength(11);
    expect([...reasonFacts.matchAll(/(\d{2}) ([a-z][^;,]*)/g)].length).toBeGreaterThanOrEqual(22);
    expect([...adviceFacts.matchAll(/(?:^|; )(\d{2})/g)].length).toBeGreaterThanOrEqual(16);
  });
});

describe("ECI and the network", () => {
  it("reads 06 and 07 the other way round on Mastercard", () => {
    expect(decodeEci("06", { network: "VISA" })).toMatchObject({ short: "attempted", sure: true });
    expect(decodeEci("06", { network: "MASTERCARD" })).toMatchObject({ short: "exemption", sure: true });
    expect(decodeEci("07", { network: "JCB" })).toMatchObject({ short: "not authenticated", tone: "bad" });
    expect(decodeEci("07", { network: "MASTERCARD" })).toMatchObject({
      short: "authenticated recurring",
      tone: "good",
    });
  });

  it("shows both readings when the network matters and is not known", () => {
    const reading = decodeEci("06", { network: null });
    expect(reading.sure).toBe(false);
    expect(reading.alternatives?.map(({ network, short }) => [network, short])).toEqual([
      ["Visa, Amex, JCB", "attempted"],
      ["Mastercard", "exemption"],
    ]);
  });

  it("needs no network where only one family uses the value", () => {
    expect(decodeEci("05")).toMatchObject({ short: "authenticated", tone: "good", sure: true });
    expect(decodeEci("02")).toMatchObject({ short: "authenticated", tone: "good", sure: true });
  });

  it("says that 05 does not fit a Mastercard and 02 not a Visa", () => {
    expect(decodeEci("05", { network: "MASTERCARD" })).toMatchObject({
      short: "does not fit Mastercard",
      tone: "look",
      sure: false,
    });
    expect(decodeEci("02", { network: "visa" })).toMatchObject({ short: "does not fit Visa", sure: false });
    expect(eciFitsNetwork("05", "MASTERCARD")).toBe(false);
    expect(eciFitsNetwork("06", "MASTERCARD")).toBe(true);
    expect(eciFitsNetwork("05", null)).toBeNull();
    expect(eciFitsNetwork("99", "VISA")).toBeNull();
  });

  it("is unsure on a network it has no table of", () => {
    expect(decodeEci("05", { network: "GPN" })).toMatchObject({ short: "authenticated", sure: false, network: "GPN" });
  });

  it("reads the single digit of older bodies and keeps it as received", () => {
    expect(decodeEci("5", { network: "VISA" })).toMatchObject({ code: "5", short: "authenticated" });
  });

  it("tells where the network came from and who carries fraud", () => {
    const reading = decodeEci("05", { network: "VISA", networkFrom: "token" });
    expect(reading).toMatchObject({ network: "VISA", networkFrom: "token" });
    expect(reading.liability).toMatch(/issuer usually carries fraud.*never covers disputes about service/);
    expect(decodeEci("00", { network: "MASTERCARD" }).liability).toBe(
      "The merchant usually carries fraud chargebacks.",
    );
  });
});

describe("blank results", () => {
  it("keeps not sent, empty, not checked, not supported and no answer apart", () => {
    expect(decodeCvn(null)).toMatchObject({ code: null, short: "not sent", blank: "not-sent" });
    expect(decodeCvn("")).toMatchObject({ code: "", short: "empty", blank: "empty" });
    expect(decodeCvn("P").blank).toBe("not-checked");
    expect(decodeCvn("U").blank).toBe("not-supported");
    expect(decodeCvn("3").blank).toBe("no-answer");
    expect(decodeAvs("R").blank).toBe("no-answer");
  });

  it("tells a payment without 3-D Secure from one whose ECI is missing", () => {
    expect(decodeEci(null, { network: "VISA", flow: null }).meaning).toMatch(/no 3-D Secure data/);
    expect(decodeEci(null, { network: "VISA", flow: "CHALLENGE" })).toMatchObject({ tone: "look", short: "not sent" });
    expect(decode3dsFlow(null)).toMatchObject({ short: "no 3-D Secure", blank: "not-sent" });
  });
});

describe("codes nobody knows", () => {
  it.each([
    ["ECI", decodeEci("42")],
    ["CVN", decodeCvn("Q")],
    ["AVS", decodeAvs("Q")],
    ["response", decodeResponse("ZZ")],
    ["failure", decodeFailure("SOMETHING_NEW")],
    ["advice", decodeAdvice("77")],
    ["3DS status", decode3dsStatus("Q")],
    ["an object's own words", decodeFailure("constructor")],
  ])("%s: shown as received, grey and unsure", (_what, reading) => {
    expect(reading).toMatchObject({ short: UNKNOWN, tone: "unknown", sure: false });
    expect(reading.meaning).toContain(`“${reading.code}”`);
  });

  it("does not guess at reserved and directory-server reasons", () => {
    expect(decode3dsReason("55")).toMatchObject({ short: "reserved", sure: false });
    expect(decode3dsReason("81")).toMatchObject({ short: "directory server", sure: false });
  });
});

describe("spellings", () => {
  it("reads the words of v2 bodies", () => {
    expect(decodeAvs("MATCH")).toMatchObject({ code: "MATCH", short: "match", tone: "good", sure: true });
    expect(decodeCvn("NO_MATCH")).toMatchObject({ short: "no match", sure: false });
    expect(decode3dsStatus("AUTHENTICATED")).toMatchObject({ short: "authenticated", tone: "good" });
  });

  it("trims the space the specification prints and reads FULL_AUTH as a challenge", () => {
    expect(decodeFailure("CAPTURE_AMOUNT_EXCEEDED ").short).toBe("capture too large");
    expect(decode3dsFlow("FULL_AUTH").short).toBe("challenge");
  });

  it("marks a scheme's own code on another scheme's card as unsure", () => {
    expect(decodeResponse("72", { network: "MASTERCARD" }).sure).toBe(true);
    expect(decodeResponse("72", { network: "VISA" }).sure).toBe(false);
  });

  it("never advises telling the shopper that the CVN was wrong", () => {
    expect(decodeResponse("82").advice).toMatch(/do not tell/);
    expect(decodeResponse("N7").advice).toMatch(/do not tell/);
    expect(decodeFailure("INVALID_CVV").advice).toMatch(/do not tell/);
  });
});
