import type { AppContext } from "~/context.server.ts";
import { type Result, refused } from "~/lib/result.ts";
import { type BeginUpload, beginUpload } from "./begin-upload.server.ts";
import { type ImportRefusal, MAX_PART, type UploadStand } from "./import.ts";
import { receivePart } from "./receive-part.server.ts";

/** A file that came whole in one form: the way without JavaScript. */
export async function uploadWhole(
  context: Pick<AppContext, "db" | "config" | "signals">,
  { file, ...order }: Omit<BeginUpload, "name" | "size" | "modified"> & { readonly file: File },
): Promise<Result<UploadStand, ImportRefusal>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const name = file.name.slice(0, 255) || "report.csv";
  let stand = await beginUpload(context.db, { ...order, name, size: bytes.length, modified: "" });
  while (stand.ok && !stand.value.isWhole) {
    const { importId, received: offset } = stand.value;
    const part = { importId, offset, bytes: bytes.subarray(offset, offset + MAX_PART), operator: order.operator };
    const next = await receivePart(context, { ...part, now: order.now });
    // Somebody else's parts for the same file came in between, or were lost: this form is sent again.
    if (next.ok && !next.value.isWhole && next.value.received <= offset) return refused("not_receiving");
    stand = next;
  }
  return stand;
}
