import { ErrorResponse, type User, type UserManager } from "oidc-client-ts";
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { forget } from "../checkin/owner";
import type { SignIn } from "../shell/agency";
import { carry } from "./bearer";
import { LEFT, managerOf, RETURN } from "./manager";
import { homeOf, type Person, personOf, placeWithin } from "./person";

export type Session =
  | { state: "starting" }
  | { state: "left" }
  | { state: "failed"; error: Error }
  | { state: "signedIn"; person: Person };

export interface SessionView {
  session: Session;
  /** To the issuer's page; afterwards back to this one. */
  signIn(): void;
  signOut(): void;
}

/** Signs in as soon as it is drawn, unless somebody has just signed out. */
export function useSessionOf(settings: SignIn, arrive: (place: string) => void): SessionView {
  const manager = useMemo(() => managerOf(settings), [settings]);
  const [session, setSession] = useState<Session>({ state: "starting" });

  const signIn = useCallback(() => {
    setSession({ state: "starting" });
    begin(manager).catch((error: Error) => setSession({ state: "failed", error }));
  }, [manager]);

  const signOut = useCallback(() => {
    carry(null);
    forget();
    manager.signoutRedirect().catch(() => manager.removeUser().then(() => setSession({ state: "left" })));
  }, [manager]);

  useEffect(() => {
    let gone = false;
    let leaving = false;
    const refused = () => {
      if (leaving) return;
      leaving = true;
      // Refused again right after signing in: the issuer and the services disagree, and another round would not help.
      if (refusedLately()) setSession({ state: "failed", error: new Error("the token is refused") });
      else manager.removeUser().then(signIn);
    };
    const enter = (user: User) => {
      carry({ token: () => current(manager), refused });
      const person = personOf(user.profile);
      setSession({ state: "signedIn", person });
      return person;
    };
    start(manager)
      .then(({ user, place }) => {
        if (gone) return;
        if (user === "left") setSession({ state: "left" });
        else if (user !== null) {
          const person = enter(user);
          if (place !== null) arrive(place === "home" ? homeOf(person) : place);
        }
      })
      .catch((error: Error) => {
        if (!gone) setSession({ state: "failed", error });
      });
    return () => {
      gone = true;
    };
  }, [manager, arrive, signIn]);

  return { session, signIn, signOut };
}

type Started = { user: User | "left" | null; place: string | "home" | null };

/** One start at a time: the code in the address can be used once, and a page is drawn twice while it is developed. */
const starting = new WeakMap<UserManager, Promise<Started>>();

function start(manager: UserManager): Promise<Started> {
  const begun = starting.get(manager) ?? enter(manager);
  starting.set(manager, begun);
  return begun;
}

async function enter(manager: UserManager): Promise<Started> {
  if (location.pathname === LEFT) return { user: "left", place: null };
  if (location.pathname === RETURN && new URLSearchParams(location.search).has("state")) {
    const user = await manager.signinRedirectCallback();
    return { user, place: placeWithin(user.state) ?? "home" };
  }
  const known = await manager.getUser();
  if (known !== null && !known.expired) return { user: known, place: location.pathname === RETURN ? "home" : null };
  const renewed = known?.refresh_token === undefined ? null : await manager.signinSilent().catch(() => null);
  if (renewed !== null) return { user: renewed, place: null };
  await begin(manager);
  return { user: null, place: null }; // the browser is leaving
}

async function begin(manager: UserManager): Promise<void> {
  const place = placeWithin(location.pathname + location.search + location.hash);
  await manager.signinRedirect({ state: place === "/" ? null : place, ui_locales: document.documentElement.lang });
}

/** A refresh token is good for one renewal: whoever asks meanwhile waits for that one. */
let renewing: Promise<User | null> | null = null;

async function current(manager: UserManager): Promise<string | null> {
  const user = await manager.getUser();
  if (user === null) return null;
  if (!user.expired) return user.access_token;
  renewing ??= manager
    .signinSilent()
    .catch((error: unknown) => {
      if (error instanceof ErrorResponse) return null; // the issuer says no; else it did not answer, and may yet
      throw error;
    })
    .finally(() => {
      renewing = null;
    });
  return (await renewing)?.access_token ?? null;
}

const REFUSED = "kinerja-refused";
/** Two refusals within this time are one trouble (milliseconds). */
const LATELY = 30_000;

function refusedLately(): boolean {
  const before = Number(sessionStorage.getItem(REFUSED) ?? 0);
  sessionStorage.setItem(REFUSED, String(Date.now()));
  return Date.now() - before < LATELY;
}

export const SessionContext = createContext<{ person: Person; signOut: () => void } | null>(null);

/** Who is signed in. Only below `SessionGate`. */
export function usePerson(): { person: Person; signOut: () => void } {
  const found = useContext(SessionContext);
  if (found === null) throw new Error("usePerson is called outside of SessionGate");
  return found;
}
