"""Logs: one JSON object a line on stdout, with the trace they belong to.

Libraries that log through the standard library come out in the same form. Fields whose name says that they are a
secret are never written.
"""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from kit.telemetry import current_ids

log: Any = structlog.get_logger()

REDACTED = "(not logged)"
SECRET_FIELDS = frozenset({"authorization", "password", "secret", "token", "mongo", "cookie"})

# Libraries that say at "info" what only their authors want to read.
QUIET = ("aiokafka", "pymongo", "httpx", "httpcore", "asyncio", "opentelemetry", "uvicorn")


def configure(service: str, level: str = "info") -> None:
    """Send every log of this process to stdout as JSON. `level`: debug, info, warning or error. Call once, at start."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        _trace,
        _without_secrets,
        _named(service),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        # Never with local variables: they hold tokens and names.
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=30)
        ),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(threshold)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))


def _trace(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    trace_id, span_id = current_ids()
    if trace_id:
        event["trace_id"] = trace_id
        event["span_id"] = span_id
    return event


def _without_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    for name in SECRET_FIELDS & event.keys():
        event[name] = REDACTED
    return event


def _named(service: str) -> Any:
    def name(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        event.setdefault("service", service)
        return event

    return name
