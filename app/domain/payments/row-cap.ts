/** Rows of one kind that a payment's page draws; it says when there are more. */
export const ROW_CAP = 100;
