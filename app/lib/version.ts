/** Of package.json, for what is printed and shared; a test holds the two together. */
export const PAYDESK_VERSION = "0.1.0";
