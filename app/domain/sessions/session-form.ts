import { z } from "zod";
import { ENVIRONMENTS } from "../../lib/environment.ts";
import { CURRENCIES, isKnownCurrency, plainDecimal, toMinorUnits } from "../../lib/money.ts";
import { leverFields } from "./levers.ts";

/** The form of a new test session. Pure: the page draws its options from here, the action reads it with the same schema. */
export const COUNTRIES = ["ID", "PH", "VN", "TH", "SG", "MY"] as const;

export const countryName: Record<(typeof COUNTRIES)[number], string> = {
  ID: "Indonesia",
  PH: "Philippines",
  VN: "Vietnam",
  TH: "Thailand",
  SG: "Singapore",
  MY: "Malaysia",
};

export const CAPTURE_METHODS = ["AUTOMATIC", "MANUAL"] as const;

/** FACTS 7: amounts that Xendit's test mode and the sandbox answer with a given decline. */
export const magicAmounts: readonly { readonly amount: string; readonly result: string; readonly only?: "VND" }[] = [
  { amount: "10051", result: "EXPIRED_CARD" },
  { amount: "10052", result: "SUSPECTED_FRAUDULENT" },
  { amount: "10053", result: "DECLINED_BY_PROCESSOR" },
  { amount: "10054", result: "INSUFFICIENT_BALANCE" },
  { amount: "10055", result: "STOLEN_CARD" },
  { amount: "10056", result: "INACTIVE_OR_UNAUTHORIZED_CARD" },
  { amount: "10057", result: "PROCESSOR_ERROR" },
  { amount: "10058", result: "INVALID_CVV" },
  { amount: "10059", result: "DECLINED_BY_ISSUER" },
  { amount: "10.05", result: "DECLINED_BY_ISSUER (response 05)" },
  { amount: "10.14", result: "INVALID_CARD (response 14)" },
  { amount: "10.30", result: "PROCESSOR_ERROR (response 30)" },
  { amount: "10.51", result: "INSUFFICIENT_BALANCE (response 51)" },
  { amount: "10.65", result: "DECLINED_BY_ISSUER (response 65, Visa)" },
  { amount: "405400", result: "EXPIRED_CARD", only: "VND" },
  { amount: "405900", result: "SUSPECTED_FRAUDULENT", only: "VND" },
  { amount: "405100", result: "INSUFFICIENT_BALANCE", only: "VND" },
  { amount: "400700", result: "STOLEN_CARD", only: "VND" },
  { amount: "405500", result: "INACTIVE_OR_UNAUTHORIZED_CARD", only: "VND" },
  { amount: "402500", result: "PROCESSOR_ERROR", only: "VND" },
  { amount: "403900", result: "INVALID_CVV", only: "VND" },
  { amount: "400300", result: "DECLINED_BY_ISSUER", only: "VND" },
];

const optional = (max: number, name: string) =>
  z.string().trim().max(max, `${name} can have at most ${max} characters.`).optional().default("");

const customer = {
  givenNames: optional(50, "Given names"),
  surname: optional(50, "The surname"),
  email: optional(50, "The e-mail address").refine((text) => text === "" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), {
    message: "This does not look like an e-mail address.",
  }),
  mobileNumber: optional(16, "The mobile number").refine((text) => text === "" || /^\+[1-9]\d{6,14}$/.test(text), {
    message: "Write the number with its country code, such as +6281234567890.",
  }),
  customerId: optional(41, "A customer id").refine((text) => text === "" || text.startsWith("cust-"), {
    message: "A customer id begins with cust-.",
  }),
} as const;

const common = {
  environment: z.enum(ENVIRONMENTS),
  currency: z.enum(CURRENCIES as [string, ...string[]], { message: "Choose a currency from the list." }),
  country: z.enum(COUNTRIES, { message: "Choose a country from the list." }),
  referenceId: optional(64, "The reference"),
  ...customer,
};

export const NewSessionForm = z
  .object({
    ...common,
    savedCard: z
      .string({ message: "Choose a saved card." })
      .trim()
      .min(1, "Choose a saved card.")
      .max(80, "This is too long for a payment token id.")
      .regex(/^(pt-|ptkn-).+/, "A saved card is a payment token id: it begins with pt-."),
    amount: z.string({ message: "Type an amount." }).trim().min(1, "Type an amount."),
    captureMethod: z.enum(CAPTURE_METHODS).default("AUTOMATIC"),
    ...leverFields,
  })
  .superRefine((form, context) => {
    const problem = amountProblem(form.amount, form.currency);
    if (problem) context.addIssue({ code: "custom", path: ["amount"], message: problem });
    const customer = customerProblem(form);
    if (customer) context.addIssue({ code: "custom", path: ["givenNames"], message: customer });
  });
export type NewSessionForm = z.output<typeof NewSessionForm>;

/** Saving a card charges nothing, so it has no amount and no levers of the authorization. */
export const SaveCardForm = z.object(common).superRefine((form, context) => {
  const customer = customerProblem(form);
  if (customer) context.addIssue({ code: "custom", path: ["givenNames"], message: customer });
});
export type SaveCardForm = z.output<typeof SaveCardForm>;

function customerProblem({ customerId, givenNames }: { customerId: string; givenNames: string }): string | null {
  return customerId === "" && givenNames === "" ? "Xendit wants a customer: type given names, or a customer id." : null;
}

/** Read by its digits: `10.005` in IDR is refused rather than rounded. */
function amountProblem(amount: string, currency: string): string | null {
  const plain = plainDecimal(amount);
  if (plain === null) return "Type the amount in digits, with a point before the decimals: 10000 or 10000.50.";
  if (plain.startsWith("-") || plain === "0") return "The amount must be above zero.";
  if (!isKnownCurrency(currency)) return null;
  return toMinorUnits(plain, currency) === null ? `This has more decimals than ${currency} has.` : null;
}
