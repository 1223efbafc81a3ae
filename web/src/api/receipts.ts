/** Receipts of punches, as attendance gives them. Shapes are generated from its OpenAPI (`pnpm run api`). */

import { queryOptions } from "@tanstack/react-query";
import type { components } from "./attendance.schema";
import { ask, askFile } from "./client";

type Schemas = components["schemas"];

const BASE = "/api/attendance/v1";
const EVERY = 15_000; // a punch has its receipt a second or two after it was recorded

const own = (employee: string) => `${BASE}/employees/${encodeURIComponent(employee)}/receipts`;

/** Which punches of these local days have their receipt: their ids. */
export const receiptsQuery = (employee: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["receipts", employee, from, to],
    queryFn: ({ signal }) => ask<Schemas["ReceiptList"]>(`${own(employee)}?from=${from}&to=${to}`, { signal }),
    select: ({ items }) => new Set(items.map((item) => item.punch_id)),
    refetchInterval: EVERY,
  });

/** The file to keep, byte for byte as it was signed for. */
export function receiptFile(employee: string, punch: string): Promise<Blob> {
  return askFile(`${own(employee)}/${encodeURIComponent(punch)}`);
}

/** All public keys that have ever signed, in one PEM file. */
export async function keyFile(): Promise<Blob> {
  const { items } = await ask<Schemas["PublicKeys"]>(`${BASE}/receipts/keys`);
  return new Blob(
    items.map((key) => key.pem),
    { type: "application/x-pem-file" },
  );
}
