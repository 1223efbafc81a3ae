/** Whose browser this is for checking in, and the installation's own name. */

import { createStore, get, set, type UseStore } from "idb-keyval";

export interface Owner {
  employeeId: string;
  name: string;
}

const OWNER = "kinerja-owner";
let store: UseStore | null = null;

/** Who checked in here last and has not signed out: they may press the button before the sign-in can be reached. */
export function owner(): Owner | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(OWNER) ?? "null");
    if (typeof found !== "object" || found === null) return null;
    const { employeeId, name } = found as Record<string, unknown>;
    return typeof employeeId === "string" && typeof name === "string" ? { employeeId, name } : null;
  } catch {
    return null; // storage is blocked, or holds something else
  }
}

export function remember(found: Owner): void {
  try {
    localStorage.setItem(OWNER, JSON.stringify(found));
  } catch {
    // Storage is blocked: then the button needs a sign-in.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(OWNER);
  } catch {
    // Storage is blocked: nothing was kept.
  }
}

/** Made once for this browser and kept. */
export async function installId(): Promise<string> {
  store ??= createStore("kinerja-installation", "self");
  const known = await get<string>("id", store);
  if (known !== undefined) return known;
  const made = crypto.randomUUID();
  await set("id", made, store);
  return made;
}

/** How its owner knows it: `Android · Chrome`. */
export function label(agent = navigator.userAgent): string {
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((one) => agent.includes(one));
  const browser = [
    ["Edg/", "Edge"],
    ["SamsungBrowser/", "Samsung Internet"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
  ].find(([mark]) => agent.includes(mark ?? ""))?.[1];
  return [system, browser].filter((one) => one !== undefined).join(" · ") || "Peramban";
}
