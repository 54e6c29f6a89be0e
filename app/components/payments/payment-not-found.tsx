import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Page } from "../ui/page.tsx";

export interface MissingPayment {
  readonly asked: string;
  /** Webhooks within the operator's reach that name this id. */
  readonly webhooks: number;
}

/** Says what could be done: the id may be known without being a card payment, or live where this operator cannot look. */
export function PaymentNotFound({ asked, webhooks }: MissingPayment) {
  return (
    <Page title="No such payment" back={<a href={paths.payments()}>Payments</a>}>
      <Empty
        kind="no-match"
        title={webhooks > 0 ? "No card payment has this id" : "No payment has this id"}
        action={
          <ButtonLink to={withParams(paths.webhooks(), { q: asked })}>
            {webhooks > 0 ? `See its ${webhooks === 1 ? "webhook" : `${webhooks} webhooks`}` : "Look among webhooks"}
          </ButtonLink>
        }
      >
        <p>
          <code>{asked}</code>
        </p>
        <p>
          {webhooks > 0
            ? "Webhooks that name it were captured, but they tell of another channel or lack what a card payment needs. Nothing is lost: they are kept as they came."
            : "Check the environment in the top bar and that the id is whole. If Xendit knows it and no webhook has arrived, look at the webhook set-up. It may also lie outside what you may see."}
        </p>
      </Empty>
    </Page>
  );
}
