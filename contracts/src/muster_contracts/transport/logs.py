"""Log lines: a name and fields. JSON for machines, columns on a terminal; the libraries' own lines come out in the same form."""

import logging
import sys

import structlog

QUIET = {
    "aiokafka": logging.WARNING,
    "alembic": logging.WARNING,
    "httpx2": logging.WARNING,
    "muster.faststream": logging.ERROR,  # its warnings say at each start what we set on purpose: that readers make no topics
    "sqlalchemy": logging.WARNING,
    "uvicorn.access": logging.WARNING,
}
"""Libraries that tell at INFO what each poll or request did."""


def configure(service: str, level: str = "INFO") -> None:
    """Set up logging for a process, once, at its start. Writes to standard error.

    Args:
        service: name that stands in every line.
        level: DEBUG, INFO, WARNING or ERROR.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    terminal = sys.stderr.isatty()
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False)
    )
    rendered: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        *([] if terminal else [structlog.processors.format_exc_info]),
        last,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=rendered))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for library, least in QUIET.items():
        logging.getLogger(library).setLevel(max(least, logging.getLevelNamesMapping()[level]))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
