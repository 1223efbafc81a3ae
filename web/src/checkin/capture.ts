/** A press of the button, with everything the phone knows at that moment. */

import type { CheckIn } from "../api/checkins";
import { clocks, withOffset } from "./clocks";
import { installId } from "./owner";
import type { Waiting } from "./queue";

export type Kind = CheckIn["kind"];

/** A position takes a while indoors; longer than this nobody waits at a door (milliseconds). */
const POSITION_WITHIN = 10_000;

export async function capture(employee: string, kind: Kind, qr: string | null): Promise<Waiting> {
  const pressed = clocks();
  const [location, install_id] = await Promise.all([position(pressed.wall), installId()]);
  return {
    employee,
    captured: pressed,
    refused: null,
    body: {
      client_event_id: crypto.randomUUID(),
      kind,
      captured_at: withOffset(pressed.wall),
      elapsed_realtime_ms: Math.round(pressed.mono),
      boot_id: pressed.boot,
      location,
      device: { install_id, platform: "web", os: "", app: "web", integrity: "" },
      qr,
      selfie_sha256: null,
    },
  };
}

/** Where the phone is, or null when it does not say: then the check-in counts all the same, and a person looks. */
function position(pressed: number): Promise<NonNullable<CheckIn["location"]> | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) {
      resolve(null);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lat: coords.latitude,
          lon: coords.longitude,
          accuracy_m: coords.accuracy,
          provider: "browser",
          is_mock: false,
          age_ms: Math.max(0, Math.round(pressed - timestamp)),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: POSITION_WITHIN, maximumAge: 0 },
    );
  });
}
