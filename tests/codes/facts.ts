/** Xendit's tables as our fact sheet gives them, copied so that a row lost from a code table fails a test. */

export const failureFacts = `
| Code | Meaning | Retry? |
|---|---|---|
| CARD_DECLINED | issuer/network declined without a finer reason | other card |
| DECLINED_BY_ISSUER | issuer refused (do not honor, restricted…) | shopper calls bank / other card |
| DECLINED_BY_PROCESSOR | acquirer/processor refused | later / other MID |
| PROCESSOR_ERROR | technical failure at processor | retry later |
| ISSUER_UNAVAILABLE | issuer not reachable | retry later |
| CHANNEL_UNAVAILABLE | channel outage | retry later |
| INSUFFICIENT_BALANCE | not enough funds or limit reached | later / other card |
| EXPIRED_CARD | card past expiry | new card (token dead) |
| STOLEN_CARD | lost/stolen/pick-up | never; block token |
| INACTIVE_OR_UNAUTHORIZED_CARD | closed, not activated or not permitted | other card |
| INVALID_CVV | wrong or missing CVN. Xendit advises against telling the shopper precisely that CVN was wrong | re-enter |
| SUSPECTED_FRAUDULENT | fraud rule hit (Xendit, acquirer or issuer) | no |
| AUTHENTICATION_FAILED | 3DS failed, refused or not completed | new attempt |
| USER_DID_NOT_AUTHORIZE | payer did not approve in time | new attempt |
| USER_DECLINED_PAYMENT | payer refused | new attempt |
| USER_DEVICE_UNREACHABLE | push to payer device failed (not cards) | retry |
| TIMEOUT_ERROR / PARTNER_TIMEOUT_ERROR | no reply in time; **final state may arrive late** | check before retry |
| PAYMENT_REQUEST_EXPIRED | request lapsed | new session |
| PAYMENT_AMOUNT_LIMITS_EXCEEDED | above channel or payer limit | smaller amount |
| PAYMENT_ATTEMPT_COUNTS_EXCEEDED | too many attempts | wait |
| INVALID_TOKEN | token expired/cancelled | save card again |
| INVALID_MERCHANT_SETTINGS / INVALID_MERCHANT_CREDENTIALS | merchant/MID configuration | contact Xendit |
| INVALID_ACCOUNT_DETAILS, ACCOUNT_NOT_ACTIVATED, ACCOUNT_ACCESS_BLOCKED | payer account problem (mostly non-card) | other method |
| CAPTURE_AMOUNT_EXCEEDED | capture above authorization (spec prints trailing space – trim) | – |
| EXPIRED_OTP, INVALID_OTP, OTP_ATTEMPT_COUNTS_EXCEEDED | OTP channels | – |
| FAILURE_DETAILS_UNAVAILABLE | partner gave no reason | – |
| SERVER_ERROR | Xendit side | retry later |
`;

export const eciFacts = `
| ECI | Visa / Amex / JCB (also Diners, UnionPay) | Mastercard | Liability shift to issuer |
|---|---|---|---|
| 05 | fully authenticated | – | yes |
| 06 | attempted (issuer/cardholder not participating, stand-in) | exemption / data share variants | Visa/Amex/JCB yes; Mastercard no |
| 07 | not authenticated / failed / not attempted | authenticated recurring | Visa/Amex/JCB no; Mastercard yes (first of series) |
| 02 | – | fully authenticated | yes |
| 01 | – | attempted / stand-in | yes |
| 00 | – | not authenticated / failed | no |
| 04 | – | data-only | no |
| N0, N2 | – | non-payment authentication | n/a |
`;

export const responseFacts = `
| Code | Label | Xendit code | Net |
|---|---|---|---|
| 01 | Refer to card issuer | DECLINED_BY_ISSUER |  |
| 02 | Refer to card issuer | DECLINED_BY_ISSUER |  |
| 03 | Invalid merchant | DECLINED_BY_ISSUER |  |
| 04 | Capture card | STOLEN_CARD |  |
| 05 | Do not honor | DECLINED_BY_ISSUER |  |
| 06 | Try again using a different card | DECLINED_BY_ISSUER |  |
| 07 | Pick up card, special condition (fraud account) | STOLEN_CARD |  |
| 10 | Partial Approval | PARTIAL_APPROVAL |  |
| 11 | Approved (V.I.P) | SUCCESS |  |
| 12 | Invalid transaction | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 13 | Invalid amount | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 14 | Invalid card number | INVALID_CARD |  |
| 15 | Invalid issuer | INVALID_CARD |  |
| 19 | Re-enter transaction | PROCESSOR_ERROR |  |
| 21 | Payment cancellation | DECLINED_BY_ISSUER |  |
| 25 | Unable to locate record in file | PROCESSOR_ERROR |  |
| 28 | File temporarily not available for update or inquiry | PROCESSOR_ERROR |  |
| 30 | Format error | PROCESSOR_ERROR |  |
| 39 | No credit account | INVALID_CVV |  |
| 41 | Stolen card | STOLEN_CARD |  |
| 42 | Processor error | PROCESS_ERROR |  |
| 43 | Stolen card | STOLEN_CARD |  |
| 46 | Closed account | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 51 | Insufficient funds | INSUFFICIENT_BALANCE |  |
| 52 | No checking account | PROCESSOR_ERROR |  |
| 53 | No savings account | PROCESSOR_ERROR |  |
| 54 | Expired card | EXPIRED_CARD |  |
| 55 | Invalid PIN | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 57 | Transaction not permitted to cardholder | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 58 | Transaction not permitted | DECLINED_BY_ISSUER |  |
| 59 | Suspected fraud | ISSUER_SUSPECT_FRAUD |  |
| 61 | Limit exceeded | INSUFFICIENT_BALANCE |  |
| 62 | Restricted card | DECLINED_BY_ISSUER |  |
| 63 | Security violation | DECLINED_BY_ISSUER |  |
| 64 | Card declined | DECLINED_BY_PROCESSOR |  |
| 65 | Limit exceeded | DECLINED_BY_ISSUER |  |
| 70 | Contact card issuer | DECLINED_BY_ISSUER |  |
| 71 | PIN not changed | CARD_DECLINED |  |
| 72 | Account not yet active | DECLINED_BY_ISSUER | Mastercard |
| 74 | Invalid PIN | DECLINED_BY_PROCESSOR |  |
| 75 | Allowable number of PIN tries exceeded | DECLINED_BY_ISSUER |  |
| 78 | Invalid / nonexistent account specified (general) | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 79 | Life cycle | DECLINED_BY_PROCESSOR | Mastercard |
| 80 | Credit issuer unavailable | PROCESSOR_ERROR |  |
| 81 | Suspected fraud | DECLINED_BY_PROCESSOR |  |
| 82 | Invalid CVN | INVALID_CVV |  |
| 83 | Suspected fraud | ISSUER_SUSPECT_FRAUD |  |
| 84 | Invalid authorization life cycle | DECLINED_BY_ISSUER |  |
| 85 | Approved | SUCCESS |  |
| 86 | Invalid PIN | DECLINED_BY_PROCESSOR |  |
| 87 | Purchase amount only, no cash back allowed | CARD_DECLINED |  |
| 88 | Cryptographic failure | CARD_DECLINED |  |
| 89 | Ineligible to receive financial position information (GIV) | PROCESSOR_ERROR |  |
| 90 | Cutoff is in progress | CARD_DECLINED |  |
| 91 | Temporary system error | ISSUER_UNAVAILABLE |  |
| 92 | Temporary system error | INACTIVE_OR_UNAUTHORIZED_CARD |  |
| 93 | Transaction cannot be completed - violation of law | DECLINED_BY_ISSUER |  |
| 94 | Duplicated transaction | DECLINED_BY_PROCESSOR |  |
| 96 | System error | ISSUER_UNAVAILABLE |  |
| 1A | Authentication required | AUTHENTICATION_FAILED | Visa |
| 1Z | Temporary system error | PROCESSOR_ERROR |  |
| 9G | Blocked by cardholder/contact cardholder | CARD_DECLINED | Visa |
| 5C | Transaction not supported/blocked by issuer | DECLINED_BY_ISSUER | Visa |
| B1 | Surcharge amount not permitted on Visa cards or EBT food stamps (U.S. acquirers only) | DECLINED_BY_PROCESSOR |  |
| B2 | Surcharge amount not supported by debit network issuer | DECLINED_BY_PROCESSOR |  |
| N0 | Force STIP | PROCESSOR_ERROR |  |
| N3 | Issuer not available | DECLINED_BY_ISSUER |  |
| N4 | Limit exceeded | INSUFFICIENT_BALANCE |  |
| N5 | Ineligible for resubmission | PROCESSOR_ERROR |  |
| N7 | Invalid CVN | INVALID_CVV |  |
| N8 | Preauthorized amount exceeded | DECLINED_BY_PROCESSOR |  |
| P6 | Denied PIN | CARD_DECLINED |  |
| Q1 | Authentication failed | PROCESSOR_ERROR |  |
| R0 | Stop payment order | DECLINED_BY_ISSUER |  |
| R1 | Revocation of authorization order | TRANSACTION_BLOCKED |  |
| R2 | Transaction does not qualify for Visa PIN | DECLINED_BY_ISSUER |  |
| R3 | Revocation of authorization order | DECLINED_BY_ISSUER |  |
| Z3 | Not available for online transaction | DECLINED_BY_ISSUER |  |
`;

export const avsFacts = `
| Code | Street | Postal | Class |
|---|---|---|---|
| Y | match | 5-digit match | full |
| X | match | 9-digit match | full |
| D, M | match | match (international) | full |
| V, F(Amex) | name/street/postal variants | – | full/partial |
| A | match | no | partial |
| B | match | not verified (intl) | partial |
| P | not verified | match (intl) | partial |
| W | no | 9-digit match | partial |
| Z | no | 5-digit match | partial |
| H, K, L, O, T | Amex name variants | – | partial |
| N | no | no | none |
| C | no (intl) | no | none |
| I, G | not verified / non-US issuer no support | – | unavailable |
| R, U, S, E | retry / unavailable / issuer no support / invalid | – | unavailable |
| 1 | processor or card type has no AVS | – | unavailable |
| 2 | unrecognised | – | unavailable |
| 3, 4 | PayPal address confirmed / not | – | n/a |
`;

export const cvnFacts = `M match; N no match; P not processed; S should be on card but merchant said absent; U issuer does not support; X scheme does not support; D suspicious per issuer; I failed data validation; 1 not supported for processor/card type; 2 unrecognised reply; 3 no result; empty/absent = not sent.`;

export const reasonFacts = `01 card authentication failed; 02 unknown device; 03 unsupported device; 04 exceeds authentication frequency; 05 expired card; 06 invalid card number; 07 invalid transaction; 08 no card record; 09 security failure; 10 stolen card; 11 suspected fraud; 12 not permitted to cardholder; 13 cardholder not enrolled; 14 timed out at ACS; 15 low, 16 medium, 17 high, 18 very high confidence; 20 non-payment not supported; 21 3RI not supported; 22 ACS technical issue; 23 decoupled auth required but not requested; 24 decoupled max expiry exceeded; 25 decoupled too little time; 26 attempted but not performed by cardholder; 27–79`;

export const adviceFacts = `01 new account info available (update card); 02 retry after 72 h; 03 do not retry; 04 token problem; 08 blocked; 21 do not retry (recurring cancelled); 22 installments not allowed; 24 retry after 1 h; 25 24 h; 26 2 d; 27 4 d; 28 6 d; 29 8 d; 30 10 d; 40–42 no action; 99 none`;

/** The cells of a markdown table, without its head. */
export function cells(markdown: string): readonly (readonly string[])[] {
  return markdown
    .trim()
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
