/**
 * What waits for somebody, by role: the one list behind the bell and the homes. A new source is a row here and a text
 * in `waits`. Counts come from queries the pages ask too, so that acting there is seen here.
 */

import type { QueryClient } from "@tanstack/react-query";
import { activityKeys, waitingCountQuery } from "../api/appraisal";
import { attendanceKeys, heldSummaryQuery, pendingQuery } from "../api/attendance";
import { checkinKeys, reviewCountQuery } from "../api/checkins";
import { correctionCountQuery, correctionKeys } from "../api/corrections";
import {
  directoryKeys,
  type Import,
  importsQuery,
  openReportsQuery,
  ownReportsQuery,
  type SuperiorReport,
} from "../api/directory";
import { disciplineCountQuery, disciplineKeys } from "../api/discipline";
import { integrityKeys, openFindingsQuery } from "../api/integrity";
import { leaveCountQuery, leaveKeys } from "../api/leave";
import { noteKeys, waitingRequestsQuery } from "../api/notes";
import { outcomeOf } from "../imports/rules";
import type { Person, Role } from "../session/person";

export interface Source {
  word:
    | "reviews"
    | "activities"
    | "corrections"
    | "leave"
    | "feedbackRequests"
    | "superiors"
    | "imports"
    | "pending"
    | "held"
    | "integrity"
    | "answers"
    | "ladder"
    | "near"
    | "cases";
  path: string;
  /** Whom the bell tells, and on whose home it stands. */
  bell: readonly Role[];
  home: readonly Role[];
  key: readonly string[];
  count: (client: QueryClient, person: Person) => Promise<number>;
  /** What is done when it is opened from the bell. */
  opened?: (client: QueryClient, person: Person) => Promise<void>;
}

const reviewCountKey = [...checkinKeys.queue, "waiting"];

export const SOURCES: readonly Source[] = [
  {
    word: "reviews",
    path: "/pemeriksaan",
    bell: ["pegawai", "bkpsdm"],
    home: ["bkpsdm", "auditor"],
    key: reviewCountKey,
    count: async (client) => {
      const waiting = await client.fetchQuery(reviewCountQuery());
      return waiting.checkins + waiting.phones;
    },
  },
  {
    word: "activities",
    path: "/pengesahan",
    bell: ["pegawai", "bkpsdm"],
    home: ["bkpsdm"],
    key: [...activityKeys.queue, "waiting"],
    count: async (client) => (await client.fetchQuery(waitingCountQuery())).waiting,
  },
  {
    word: "corrections",
    path: "/persetujuan-koreksi",
    bell: ["pegawai", "bkpsdm"],
    home: ["bkpsdm"],
    key: [...correctionKeys.queue, "waiting"],
    count: async (client) => (await client.fetchQuery(correctionCountQuery())).waiting,
  },
  {
    word: "leave",
    path: "/persetujuan-cuti",
    bell: ["pegawai", "bkpsdm"],
    home: ["bkpsdm"],
    key: [...leaveKeys.queue, "waiting"],
    count: async (client) => (await client.fetchQuery(leaveCountQuery())).waiting,
  },
  {
    word: "ladder",
    path: "/disiplin",
    bell: ["pegawai"],
    home: [],
    key: [...disciplineKeys.count, "own"],
    count: async (client) => Number((await client.fetchQuery(disciplineCountQuery())).warned),
  },
  {
    word: "near",
    path: "/kasus",
    bell: ["pegawai", "pimpinan"],
    home: ["bkpsdm"],
    key: [...disciplineKeys.count, "near"],
    count: async (client) => (await client.fetchQuery(disciplineCountQuery())).near,
  },
  {
    word: "cases",
    path: "/kasus",
    bell: ["pegawai", "pimpinan", "bkpsdm"],
    home: ["bkpsdm"],
    key: [...disciplineKeys.count, "cases"],
    count: async (client) => (await client.fetchQuery(disciplineCountQuery())).cases,
  },
  {
    word: "feedbackRequests",
    path: "/umpan-balik/permintaan",
    bell: ["pegawai"],
    home: [],
    key: noteKeys.waiting,
    count: async (client) => (await client.fetchQuery(waitingRequestsQuery())).waiting,
  },
  {
    word: "superiors",
    path: "/laporan-atasan",
    bell: ["bkpsdm"],
    home: ["bkpsdm", "auditor"],
    key: [...directoryKeys.reports, "waiting"],
    count: async (client) => (await client.fetchQuery(openReportsQuery())).total,
  },
  {
    word: "imports",
    path: "/impor",
    bell: ["bkpsdm"],
    home: ["bkpsdm", "auditor"],
    key: [...directoryKeys.imports, "waiting"],
    count: async (client) => appliable((await client.fetchQuery(importsQuery())).items, Date.now()),
  },
  {
    word: "pending",
    path: "/karantina",
    bell: ["bkpsdm", "operator"],
    home: ["bkpsdm", "auditor"],
    key: [...attendanceKeys.all, "waiting", "pending"],
    count: async (client) => (await client.fetchQuery(pendingQuery())).total,
  },
  {
    word: "held",
    path: "/karantina",
    bell: ["operator"],
    home: ["bkpsdm", "auditor"],
    key: [...attendanceKeys.all, "waiting", "held"],
    count: async (client) => (await client.fetchQuery(heldSummaryQuery())).total,
  },
  {
    word: "integrity",
    path: "/keutuhan",
    bell: ["operator", "auditor"],
    home: ["auditor"],
    key: [...integrityKeys.findings, "waiting"],
    count: async (client) => (await client.fetchQuery(openFindingsQuery())).open,
  },
  {
    word: "answers",
    path: "/data-saya",
    bell: ["pegawai"],
    home: [],
    key: ["directory", "superior-reports", "of", "waiting"],
    count: async (client, person) => unread(await ownReports(client, person), seenAnswers(), Date.now()).length,
    opened: async (client, person) => see((await ownReports(client, person)).map(({ id }) => id)),
  },
];

export function sourcesOf({ roles }: Person, place: "bell" | "home"): Source[] {
  return SOURCES.filter((source) => source[place].some((role) => roles.includes(role)));
}

const DAY = 86_400_000;
/** News is news for this long. */
const RECENT = 30 * DAY;

/** Answers that were given lately and not looked at. */
export function unread(reports: readonly SuperiorReport[], seen: readonly string[], now: number): SuperiorReport[] {
  return reports.filter(
    ({ id, resolved_at }) => resolved_at != null && now - Date.parse(resolved_at) < RECENT && !seen.includes(id),
  );
}

/** Clean checks that nobody has applied and that still may be: for a day. */
export function appliable(imports: readonly Import[], now: number): number {
  return imports.filter(
    (one) => outcomeOf(one) === "clean" && one.finished_at !== null && now - Date.parse(one.finished_at) < DAY,
  ).length;
}

async function ownReports(client: QueryClient, { employeeId }: Person): Promise<SuperiorReport[]> {
  return employeeId === null ? [] : client.fetchQuery(ownReportsQuery(employeeId));
}

const SEEN = "kinerja-answers-seen";

function seenAnswers(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(SEEN) ?? "[]");
    return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
  } catch {
    return []; // storage is blocked: news stays news until it is old
  }
}

function see(ids: readonly string[]): void {
  try {
    localStorage.setItem(SEEN, JSON.stringify(ids));
  } catch {
    // Storage is blocked: the bell says it again next time.
  }
}
