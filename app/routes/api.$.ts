import { apiError } from "~/domain/tokens/api-error.ts";

/** What is no address of the API answers as the API does, not as a page. */
export function loader() {
  return apiError("not_found", "The API has no such address.");
}

export function action() {
  return apiError("not_found", "The API has no such address.");
}
