import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

// Single fetch carries a Date as a Date; the loaders' types follow only when Remix is told so.
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig)],
  resolve: { alias: { "~": new URL("./app", import.meta.url).pathname } },
  // Development only: the scan would follow loaders into server packages and stumble over argon2's wasm build; what the
  // browser needs is named, so that it is prepared before the first page asks for it.
  optimizeDeps: {
    entries: [],
    include: [
      "@remix-run/react",
      "@tanstack/react-table",
      "clsx",
      "lossless-json",
      "lucide-react",
      "radix-ui",
      "react",
      "react-dom",
      "react-dom/client",
      "react/jsx-dev-runtime",
      "react/jsx-runtime",
      "recharts",
      "uuid",
      "zod",
    ],
  },
  build: { target: "es2022", sourcemap: false },
  ssr: { noExternal: ["recharts", "@fontsource-variable/inter"] },
});
