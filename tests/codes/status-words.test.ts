import { expect, it } from "vitest";
import {
  attemptWord,
  eventStateWord,
  paymentStatusWord,
  sessionStatusWord,
} from "../../app/xendit/codes/status-words.ts";

it("says a payment's status in a merchant's words", () => {
  const codes = ["SUCCEEDED", "AUTHORIZED", "FAILED", "CANCELED", "EXPIRED", "REQUIRES_ACTION", "PENDING", "UNKNOWN"];
  expect(codes.map((code) => paymentStatusWord(code).word)).toEqual([
    "Paid",
    "Held",
    "Failed",
    "Voided",
    "Expired unpaid",
    "Waiting for shopper",
    "Waiting",
    "Outcome unknown",
  ]);
});

it("shows a status it does not know as received, and grey", () => {
  expect(paymentStatusWord("SETTLING")).toEqual({ word: "SETTLING", tone: "unknown" });
  expect(sessionStatusWord("toString")).toEqual({ word: "toString", tone: "unknown" });
});

it("is green only for a 2xx", () => {
  expect(["200", "204", "302", "500", "timeout", "blocked"].map((outcome) => attemptWord(outcome).tone)).toEqual([
    "good",
    "good",
    "bad",
    "bad",
    "bad",
    "bad",
  ]);
});

it("says an event's state as a word", () => {
  expect(eventStateWord("quarantined")).toEqual({ word: "Quarantined", tone: "look" });
});
