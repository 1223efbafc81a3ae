"""Every metric of the product, in one place: name, meaning, unit, labels, buckets.

Names follow the OpenTelemetry conventions where one exists, in Prometheus form (engineering.md section 7). One process
has one default registry; multiprocess mode is not used (section 4.5). No label holds an id of a person, a serial or a
path with ids. Labels named `partition` are on gauges only and are removed when the partition is revoked.
`docs/api/telemetry.md` is generated from here (kit/catalogue.py), so a metric exists only if it is described.
"""

from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram


@dataclass(frozen=True, slots=True)
class Described:
    """One row of the catalogue; `buckets` only for histograms, `why` says how they were chosen."""

    name: str
    kind: str
    unit: str
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    why: str = ""


CATALOGUE: list[Described] = []


def _counter(name: str, meaning: str, *labels: str, unit: str) -> Counter:
    CATALOGUE.append(Described(name, "counter", unit, meaning, labels))
    return Counter(name, meaning, labels)


def _gauge(name: str, meaning: str, *labels: str, unit: str) -> Gauge:
    CATALOGUE.append(Described(name, "gauge", unit, meaning, labels))
    return Gauge(name, meaning, labels)


def _histogram(name: str, meaning: str, *labels: str, unit: str, buckets: tuple[float, ...], why: str) -> Histogram:
    CATALOGUE.append(Described(name, "histogram", unit, meaning, labels, buckets, why))
    return Histogram(name, meaning, labels, buckets=buckets)


# The boundaries the OpenTelemetry conventions advise for durations of requests and messages.
ADVISED = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
ADVISED_WHY = "the boundaries the OpenTelemetry conventions advise, 5 ms to 10 s"

# Storing one group: a local disk answers in 1 to 5 ms, a replica set in another room in 10 to 50.
STORING = (0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.03, 0.06, 0.1, 0.25, 0.5, 1.0, 3.0)
STORING_WHY = "1 ms (a local disk) to 3 s (the driver gives up); dense to 60 ms, the promised p99 at saturation"

SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
SIZES_WHY = "1-2-5 steps from one alone (live) to the largest batch (catching up)"

# --- HTTP -------------------------------------------------------------------------------------------------------------
HTTP_REQUEST_SECONDS = _histogram(
    "http_server_request_duration_seconds",
    "Time to answer a request; for an event stream, time to its first byte. Probes are not counted. `http_route` is "
    "the template, `unmatched` when no route or no permission was found.",
    "http_request_method", "http_route", "http_response_status_code",
    unit="s", buckets=ADVISED, why=ADVISED_WHY,
)  # fmt: skip
HTTP_ACTIVE_REQUESTS = _gauge(
    "http_server_active_requests", "Requests being answered now, event streams included, probes not.", unit="requests"
)
TOKENS_REFUSED = _counter(
    "access_tokens_refused_total",
    "Requests whose access token was not a good one; the log has the reason.",
    unit="requests",
)
SSE_CLIENTS = _gauge("sse_clients", "Browsers following the live event stream now.", unit="clients")
SSE_FRAMES = _counter(
    "sse_frames_total",
    "Frames handed to browsers, by event; `reset` tells one to ask for everything again (away too long, or too slow).",
    "event",
    unit="frames",
)
IDEMPOTENT_REQUESTS = _counter(
    "idempotent_requests_total",
    "Commands that carried an Idempotency-Key, by outcome: `first`, `replayed` (the stored answer was given), "
    "`conflict` (same key, other body), `in_progress` (the first is still running).",
    "outcome",
    unit="requests",
)

# --- Intake from terminals --------------------------------------------------------------------------------------------
INTAKE_REQUESTS = _counter(
    "intake_requests_total",
    "Requests on the device port, by device table and outcome: `stored` (durable, then acknowledged), `refused` (not "
    "durable, the terminal sends again), `other` (no records in it).",
    "table", "outcome",
    unit="requests",
)  # fmt: skip
INTAKE_LINES = _counter(
    "intake_lines_total",
    "Attendance lines received, by outcome: `accepted` (became punches), `duplicate` (known already), `quarantined` "
    "(wait for a person: unknown terminal, PIN or an unreadable line).",
    "outcome",
    unit="lines",
)
CHECKINS = _counter(
    "checkins_total",
    "Check-ins by phone recorded, by verdict of the place (`inside`, `outside`, `kiosk`, `unknown`, `unmeasured`) and "
    "by review (`none`, `open`: a person will decide).",
    "place",
    "review",
    unit="check-ins",
)
INTAKE_SECONDS = _histogram(
    "intake_request_duration_seconds",
    "From the last byte of a terminal's request to its answer, durable storage included.",
    "table",
    unit="s", buckets=STORING, why=STORING_WHY,
)  # fmt: skip
DEVICES_SILENT = _gauge("devices_silent", "Active terminals not heard of for longer than expected.", unit="devices")

# --- Receipts ---------------------------------------------------------------------------------------------------------
RECEIPTS_SEALED = _counter("receipts_sealed_total", "Punches that have got their receipt.", unit="punches")
RECEIPTS_BEHIND_SECONDS = _gauge(
    "receipts_behind_seconds", "Age of the oldest punch without a receipt while behind, 0 when caught up.", unit="s"
)
RECEIPTS_CHECKED = _counter(
    "receipts_checked_total", "Punches compared with their receipt, by the worker or on demand.", unit="punches"
)
INTEGRITY_FINDINGS = _counter(
    "integrity_findings_total",
    "What the journal and the chain of receipts contradict each other in, each once, by kind: `changed`, `removed`, "
    "`inserted`, `chain` (a link, its signature or its place). Any is an alarm.",
    "kind",
    unit="findings",
)
INTEGRITY_OPEN = _gauge("integrity_findings_open", "Findings that nobody has closed. More than none is an alarm.",
                        unit="findings")  # fmt: skip

# --- Journal and outbox -----------------------------------------------------------------------------------------------
JOURNAL_APPEND_SECONDS = _histogram(
    "journal_append_seconds",
    "One insert of the journal, until it is on the disk of a majority.",
    unit="s", buckets=STORING, why=STORING_WHY,
)  # fmt: skip
JOURNAL_GROUP_SIZE = _histogram(
    "journal_group_size",
    "Entries that shared one insert (group commit).",
    unit="entries", buckets=SIZES[:9], why="1-2-5 steps up to the largest group",
)  # fmt: skip
OUTBOX_OLDEST_SECONDS = _gauge("outbox_oldest_seconds", "Age of the oldest entry not yet published.", unit="s")
OUTBOX_PUBLISHED = _counter(
    "outbox_published_total",
    "Events the relay sent, by outcome: `acknowledged` (by all in-sync replicas) or `retried`.",
    "outcome",
    unit="events",
)

# --- Timers -----------------------------------------------------------------------------------------------------------
TIMERS_DUE_SECONDS = _gauge(
    "timers_due_seconds", "How long the timer that is being fired has been due; 0 when none is.", unit="s"
)
TIMERS_FIRED = _counter(
    "timers_fired_total",
    "Timers by kind and outcome: `fired`, `failed` (tried again after its lease), `lost` (cancelled, moved or taken "
    "over meanwhile).",
    "kind",
    "outcome",
    unit="timers",
)

# --- Messaging (OpenTelemetry names) ----------------------------------------------------------------------------------
MESSAGING_SENT = _counter(
    "messaging_client_sent_messages_total", "Records acknowledged by the broker.", "destination", unit="records"
)
TABLE_RECORDS = _gauge("table_records", "Rows of a reference topic held in memory.", "topic", unit="rows")
TABLE_REJECTED = _counter(
    "table_rejected_total", "Records of a reference topic that could not be read.", "topic", unit="records"
)

# --- Projector --------------------------------------------------------------------------------------------------------
PROJECTOR_FRESHNESS_SECONDS = _gauge(
    "projector_freshness_seconds",
    "Now minus the event time at the checkpoint while behind, 0 when caught up: how old the view is.",
    "view", "partition",
    unit="s",
)  # fmt: skip
PROJECTOR_LAG_RECORDS = _gauge(
    "projector_lag_records", "Records on the partition that are not yet in the view.", "topic", "partition",
    unit="records",
)  # fmt: skip
PROJECTOR_CHECKPOINT_OFFSET = _gauge(
    "projector_checkpoint_offset", "Next offset to fold, as committed with the view.", "topic", "partition",
    unit="offset",
)  # fmt: skip
PROJECTOR_BATCH_RECORDS = _histogram(
    "projector_batch_records", "Records folded in one transaction.", unit="records", buckets=SIZES, why=SIZES_WHY
)
PROJECTOR_PHASE_SECONDS = _counter(
    "projector_phase_seconds_total",
    "Where the time goes; the phases sum to wall clock: `poll`, `decode`, `load` (the touched documents), `fold`, "
    "`write` (dead letters included), `idle`, `rebalance`.",
    "phase",
    unit="s",
)
PROJECTOR_SKIPPED_RECORDS = _counter(
    "projector_skipped_records_total",
    "Records read and left alone, by reason: `type` (an event type this view does not fold), `tombstone`, `stale` "
    "(below the checkpoint, delivered again).",
    "reason",
    unit="records",
)
PROJECTOR_DEAD_LETTERS = _counter(
    "projector_dead_letters_total",
    "Records that can never be folded, kept as dead letters, by reason: `poison`.",
    "reason",
    unit="records",
)
PROJECTOR_FENCED = _counter(
    "projector_fenced_total", "Batches dropped because another owner moved the checkpoint.", unit="batches"
)
PROJECTOR_TXN_RETRIES = _counter(
    "projector_txn_retries_total", "Transactions tried again, by the server's error label.", "label",
    unit="transactions",
)  # fmt: skip
PROJECTOR_REBALANCES = _counter(
    "projector_rebalances_total",
    "Rebalances, by outcome: `assigned`, `drained` (the batch was finished), `abandoned` (the next owner redoes it).",
    "outcome",
    unit="rebalances",
)

# --- Process ----------------------------------------------------------------------------------------------------------
LOOP_LAG_SECONDS = _gauge(
    "event_loop_lag_seconds", "How much later than asked the event loop woke, last measured.", unit="s"
)
BUILD_INFO = _gauge("kinerja_build_info", "Always 1; says which service and version runs.", "service", "version",
                    unit="none")  # fmt: skip
