import { Form } from "@remix-run/react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";

export function RevokeToken({ token }: { token: { readonly tokenId: string; readonly name: string } }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Dialog
      open={isAsking}
      onOpenChange={setIsAsking}
      title={`Revoke ${token.name}?`}
      description="It stops working at once, also in a program that runs with it now. It cannot be brought back."
      trigger={
        <Button type="button" size="sm" aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      }
    >
      <Form method="post" onSubmit={() => setIsAsking(false)}>
        <input type="hidden" name="intent" value="revoke" />
        <input type="hidden" name="tokenId" value={token.tokenId} />
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Keep it</Button>
          </DialogClose>
          <Button type="submit" tone="danger">
            Revoke token
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
