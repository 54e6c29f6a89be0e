import type { ReactNode } from "react";

/** Pages for strangers: one narrow card, no rail, nothing that tells about what is behind the door. */
export function SignFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas p-4">
      <div className="w-full max-w-[360px]">
        <p className="mb-3 font-semibold tracking-[-0.01em]">Paydesk</p>
        <section className="rounded-md border border-line bg-surface p-5">
          <h1 className="mb-4 text-lg font-semibold tracking-[-0.01em]">{title}</h1>
          {children}
        </section>
      </div>
    </main>
  );
}
