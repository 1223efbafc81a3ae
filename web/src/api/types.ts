/**
 * What the reporting service answers, by the names the screens use. The shapes are generated from its OpenAPI
 * (`pnpm run api`; `pnpm run check` fails when they are stale). Instants are RFC 3339 strings in UTC, dates are local
 * dates of the agency.
 */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Freshness = Schemas["Freshness"];
export type Totals = Schemas["Totals"];
export type UnitRef = Schemas["UnitRef"];
export type Unit = Schemas["UnitDetail"];
export type ChildUnit = Schemas["ChildTotals"];
export type Presence = Schemas["PresenceAnswer"];
export type People = Schemas["PeoplePage"];
export type Person = Schemas["Person"];
export type EmployeeDay = Schemas["EmployeeDay"];
export type Card = Schemas["Card"];
export type CardDay = Schemas["CardDay"];
export type CardFigures = Schemas["Figures"];
export type Rated = Schemas["Rated"];
export type Served = Schemas["Served"];
export type ServiceFigures = Schemas["ServiceFigures"];
export type UnitCard = Schemas["UnitCard"];
export type UnitPoint = Schemas["UnitPoint"];
export type Spread = Schemas["Spread"];
export type SpreadClass = Schemas["SpreadClass"];
export type Trend = Schemas["Trend"];
export type TrendPoint = Schemas["TrendPoint"];
export type ReadEntry = Schemas["ReadEntry"];
export type Punch = Schemas["Punch"];
export type PersonState = Person["state"];
export type StateFilter = "all" | PersonState;
export type ArrivalBucket = Schemas["ArrivalBucket"];
export type Device = Schemas["DeviceItem"];
export type DeviceState = Device["state"];
export type DeviceTotals = Schemas["DeviceTotals"];
export type Devices = Schemas["DevicesAnswer"];

/** Frames of `/stream`. Totals are absolute, so a frame that comes twice changes nothing. */
export type PersonFrame = Schemas["PersonFrame"];
export type PresenceFrame = Schemas["PresenceFrame"];
export type DevicesFrame = Schemas["DevicesFrame"];
