/** The access token that requests carry. Kept apart from the screens, so that whoever asks the API need not know them. */

export interface Bearer {
  /** The token, renewed first when it has ended; null when nobody is signed in any more. */
  token(): Promise<string | null>;
  /** A service has refused the token: sign in anew, and come back to this page. */
  refused(): void;
}

const NOBODY: Bearer = { token: async () => null, refused: () => {} };

let bearer = NOBODY;

export function carry(found: Bearer | null): void {
  bearer = found ?? NOBODY;
}

/** `fetch` with the token of whoever is signed in. */
export const authorizedFetch: typeof fetch = async (input, init) => {
  const token = await bearer.token();
  const headers = new Headers(init?.headers);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  const response = await fetch(input, { ...init, headers });
  if (response.status === 401) bearer.refused();
  return response;
};
