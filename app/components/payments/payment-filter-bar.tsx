export function PaymentFilterBar() {
  return null;
}
