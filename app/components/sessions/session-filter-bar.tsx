export function SessionFilterBar() {
  return null;
}
