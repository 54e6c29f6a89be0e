import type { IncomingMessage, ServerResponse } from "node:http";
import express, { type Request, type Response } from "express";
import type { AssetHandler } from "./http-server.ts";

/** The client build. Names under /assets/ carry a digest of their content, so they are kept for good. */
export function createAssetHandler(folder: string): AssetHandler {
  const files = express.static(folder, {
    index: false,
    redirect: false,
    dotfiles: "ignore",
    setHeaders: (response, file) => {
      const isDigested = file.includes("/build/client/assets/");
      response.setHeader("Cache-Control", isDigested ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    },
  });
  return (request, response) => serve(files, request, response);
}

/** A middleware of the Express kind as a question: answered, or not its business? */
export function serve(
  middleware: (request: Request, response: Response, next: (error?: unknown) => void) => unknown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    response.once("close", () => resolve(true));
    // serve-static and Vite use what node:http gives; the rest of Express' request is not there and not needed.
    middleware(request as Request, response as Response, (error) => (error ? reject(error) : resolve(false)));
  });
}
