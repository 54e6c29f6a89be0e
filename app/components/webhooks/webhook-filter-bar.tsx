export function WebhookFilterBar() {
  return null;
}
