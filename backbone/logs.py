"""One log for everything in the process: structlog, the standard library, uvicorn, Faust and Kafka, with the same fields.

No line carries personal data: lines hold ids and codes, tracebacks hold no local variables, and keys outside the allow-list are dropped.
"""

from __future__ import annotations

import logging
import logging.config
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from backbone.settings import Settings

ALLOWED = frozenset(
    [
        "event",
        "level",
        "logger",
        "timestamp",
        "exception",
        "stack",
        "service",
        "case_id",
        "event_id",
        "event_type",
        "actor",
        "actor_agency",
        "source",
        "sequence",
        "partition",
        "offset",
        "topic",
        "count",
        "seconds",
        "attempt",
        "kind",
        "status",
        "method",
        "path",
        "port",
        "rule",
        "reason",
        "code",
        "error",
        "deadline_id",
        "meeting_id",
        "notice_id",
        "case_ref",
        "version",
        "held",
        "behind",
        "end",
        "position",
    ]
)
"""The keys a line may have; anything else is dropped, so that a careless line cannot leak."""


def start_logging(settings: Settings, *, service: str) -> None:
    """Send every log record of this process to standard error in one shape."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "felles": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *_rendering(settings),
                    ],
                }
            },
            "handlers": {"default": {"class": "logging.StreamHandler", "formatter": "felles"}},
            "root": {"handlers": ["default"], "level": settings.log_level},
            "loggers": {
                **{
                    name: {"level": "WARNING"}
                    for name in (
                        "faust",
                        "mode",
                        "aiokafka",
                        "apscheduler",
                        "httpx",
                        "httpcore",
                        "alembic",
                    )
                },
                "kafka": {"level": "CRITICAL"},  # what it means for us, our own lines say
                **{
                    name: {"handlers": [], "propagate": True, "level": "WARNING"}
                    for name in ("uvicorn", "uvicorn.error", "uvicorn.access")
                },
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)


def drop_unlisted(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep only the keys that ALLOWED lists."""
    return {key: value for key, value in line.items() if key in ALLOWED}


def _rendering(settings: Settings) -> list[Any]:
    if settings.log_format == "json":
        return [
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            drop_unlisted,
            structlog.processors.JSONRenderer(
                serializer=lambda line, **_: orjson.dumps(line, default=str).decode()
            ),
        ]
    return [
        drop_unlisted,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger that binds nothing yet."""
    return structlog.stdlib.get_logger(name)
