/** What an agency sets for its own installation: `agency.json` beside the page, read once at start. */

import { createContext, useContext } from "react";
import { type Brand, isBrand } from "../theme/brands";

export interface Agency {
  /** Name in the header; null: the name of the root unit. */
  name: string | null;
  brand: Brand;
  /** IANA zone of the agency's own clock: for times that belong to no site. */
  zone: string;
  signIn: SignIn;
}

/** The OpenID issuer and this app's name there; `issuer` null: the one behind the same door as this page. */
export interface SignIn {
  issuer: string | null;
  client: string;
}

export const DEFAULT_AGENCY: Agency = {
  name: null,
  brand: "city",
  zone: "Asia/Jakarta",
  signIn: { issuer: null, client: "kinerja-web" },
};

/** Takes what is usable and keeps the default for the rest. */
export function parseAgency(raw: unknown): Agency {
  if (typeof raw !== "object" || raw === null) return DEFAULT_AGENCY;
  const { name, brand, zone, issuer, client } = raw as Record<string, unknown>;
  return {
    name: typeof name === "string" && name !== "" ? name : DEFAULT_AGENCY.name,
    brand: isBrand(brand) ? brand : DEFAULT_AGENCY.brand,
    zone: isZone(zone) ? zone : DEFAULT_AGENCY.zone,
    signIn: {
      issuer: typeof issuer === "string" && URL.canParse(issuer) ? issuer : DEFAULT_AGENCY.signIn.issuer,
      client: typeof client === "string" && client !== "" ? client : DEFAULT_AGENCY.signIn.client,
    },
  };
}

function isZone(zone: unknown): zone is string {
  if (typeof zone !== "string") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The board must come up without its settings file, in the default colours. */
export async function loadAgency(): Promise<Agency> {
  try {
    const response = await fetch("/agency.json");
    return response.ok ? parseAgency(await response.json()) : DEFAULT_AGENCY;
  } catch {
    return DEFAULT_AGENCY;
  }
}

export const AgencyContext = createContext<Agency>(DEFAULT_AGENCY);

export function useAgency(): Agency {
  return useContext(AgencyContext);
}
