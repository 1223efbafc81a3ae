// A stand-in for the whole system, for developing and testing the screens alone: the made-up city's API with its live
// stream, and the built app as the edge serves it (same content security policy). Never part of a build.
//
//   node dev/serve.mjs [--port 16000] [--pace 1] [--start 2026-08-03T00:02:00Z] [--people 5000]
//
// POST /dev/fault?kind=…  none | down (503 problems) | mute (stream says nothing) | refuse (stream is refused) | lag
// POST /dev/reset         the stream tells its readers to start over
// POST /dev/punch?q=NAME  the first matching person who is not in yet arrives now
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { DATE, Morning } from "./morning.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "16000" },
    pace: { type: "string", default: "1" },
    start: { type: "string", default: "2026-08-03T00:02:00Z" },
    people: { type: "string", default: "5000" },
  },
});
const DIST = new URL("../dist/", import.meta.url).pathname;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
// As deploy/caddy/Caddyfile says it.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'; object-src 'none'";

const morning = new Morning({ start: options.start, pace: Number(options.pace), people: Number(options.people) });
const streams = new Set();
let fault = "none";

const json = (response, body, status = 200, type = "application/json") =>
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(JSON.stringify(body));

function problem(response, status, title, detail) {
  const trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
  json(response, { type: "about:blank", title, status, detail, trace_id }, status, "application/problem+json");
}

function api(url, response) {
  const query = Object.fromEntries(url.searchParams);
  const date = query.date ?? DATE;
  if (fault === "down") return problem(response, 503, "Layanan belum siap", "Basis data tidak menjawab.");
  if (query.unit && morning.unit(query.unit) === undefined) {
    return problem(response, 404, "Unit tidak ditemukan", `Tidak ada unit ${query.unit}.`);
  }
  const answers = {
    "/presence": () => morning.presence(query.unit, date),
    "/presence/people": () => morning.people(query.unit, date, query),
    "/presence/arrivals": () => morning.arrivals(query.unit, date),
    "/devices": () => morning.devices(),
  };
  // What the frame asks the other services: nothing waits in this city.
  const others = {
    "/api/appraisal/v1/activities/waiting": { waiting: 0, overdue: 0 },
    "/api/feedback/v1/feedback-requests/waiting": { waiting: 0 },
    "/api/feedback/v1/subordinates": { items: [] },
    "/api/directory/v1/superior-reports/count": { total: 0 },
    "/api/directory/v1/imports": { items: [] },
    "/api/attendance/v1/devices": { items: [], next_cursor: null, total: 0 },
    "/api/attendance/v1/corrections/waiting": { waiting: 0 },
    "/api/attendance/v1/leave/waiting": { waiting: 0 },
    "/api/attendance/v1/discipline/attention": { near: 0, cases: 0, warned: false },
    "/api/attendance/v1/checkins/waiting": { decides: true, checkins: 0, phones: 0 },
    "/api/attendance/v1/integrity/open": { open: 0 },
    "/api/attendance/v1/quarantine/summary": { groups: [], total: 0 },
  };
  const other = others[url.pathname];
  if (other !== undefined) return json(response, other);
  const answer = answers[url.pathname.replace("/api/reporting/v1", "")];
  if (answer === undefined) return problem(response, 404, "Tidak ditemukan", url.pathname);
  return json(response, answer());
}

function stream(request, url, response) {
  if (fault === "refuse" || fault === "down") return problem(response, 503, "Layanan belum siap", "Aliran ditolak.");
  const unit = url.searchParams.get("unit") ?? "kota";
  const date = url.searchParams.get("date") ?? DATE;
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const from = Number(request.headers["last-event-id"] ?? url.searchParams.get("last_event_id") ?? morning.now());
  const reader = { unit, date, response, from, spoke: 0 };
  streams.add(reader);
  send(reader, "freshness", morning.freshness());
  send(reader, "devices", { totals: morning.deviceTotals() });
  response.on("close", () => streams.delete(reader));
}

function send(reader, event, data) {
  reader.spoke = Date.now();
  reader.response.write(`id: ${Math.round(reader.from)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

setInterval(() => {
  if (fault === "mute") return;
  const now = morning.now();
  for (const reader of streams) {
    const frame = morning.frame(reader.unit, reader.date, reader.from, now);
    reader.from = now;
    if (frame !== null) send(reader, "presence", frame);
    if (Date.now() - reader.spoke > 2000) send(reader, "freshness", morning.freshness());
  }
}, 250).unref();

function control(url, response) {
  if (url.pathname === "/dev/fault") {
    fault = url.searchParams.get("kind") ?? "none";
    morning.lag = fault === "lag" ? 185 : 0;
    if (fault === "refuse" || fault === "down") for (const reader of streams) reader.response.destroy();
  }
  if (url.pathname === "/dev/reset") for (const reader of streams) send(reader, "reset", {});
  if (url.pathname === "/dev/punch") {
    const q = url.searchParams.get("q") ?? "";
    const person = morning.city.employees.find((one) => one.name.includes(q) && !morning.isIn(one, DATE));
    if (person === undefined) return problem(response, 404, "Tidak ada", q);
    person.at = morning.now() + 1;
    return json(response, { employee_id: person.employee_id, name: person.name, unit: person.unit.id });
  }
  return json(response, { fault });
}

async function file(url, response) {
  const wanted = normalize(url.pathname).replace(/^\/+/, "");
  const name = extname(wanted) === "" ? "index.html" : wanted;
  try {
    const body = await readFile(join(DIST, name));
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname.startsWith("/dev/") && request.method === "POST") return control(url, response);
  if (url.pathname.endsWith("/stream")) return stream(request, url, response);
  if (url.pathname.startsWith("/api/")) return api(url, response);
  return file(url, response);
});
server.listen(Number(options.port), "127.0.0.1", () => console.log(`ready on http://127.0.0.1:${options.port}`));
