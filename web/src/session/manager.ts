/**
 * Sign-in by OpenID Connect: authorization code with PKCE, tokens kept for this tab only. The issuer is the agency's;
 * unless `agency.json` says otherwise it is the one behind the same door as this page.
 */

import { UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { SignIn } from "../shell/agency";

/** Where the issuer sends people back to; the realm (deploy/keycloak/realm.json) allows these and no other. */
export const RETURN = "/masuk";
export const LEFT = "/keluar";

/** A token is renewed this long before it ends (seconds). */
const RENEW_BEFORE = 60;

export function managerOf({ issuer, client }: SignIn): UserManager {
  const store = new WebStorageStateStore({ store: sessionStorage });
  return new UserManager({
    authority: issuer ?? `${location.origin}/auth/realms/kinerja`,
    client_id: client,
    redirect_uri: location.origin + RETURN,
    post_logout_redirect_uri: location.origin + LEFT,
    response_type: "code",
    scope: "openid profile",
    userStore: store,
    stateStore: store,
    automaticSilentRenew: true,
    accessTokenExpiringNotificationTimeInSeconds: RENEW_BEFORE,
    loadUserInfo: false,
    monitorSession: false,
  });
}
