"""How a service runs: its web app, its relay, its reading of the log, and whatever else it brings, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import uvicorn
from fastapi import APIRouter, FastAPI

from backbone.clock import Clock
from backbone.database import connect
from backbone.inbox import Inbox
from backbone.logs import logger, start_logging
from backbone.outbox import Relay
from backbone.settings import Settings, settings
from backbone.stream import Stream
from backbone.web import Desk, create_app
from backbone.work import Service

log = logger(__name__)
Companion = Callable[[Desk], contextlib.AbstractContextManager[Any]]
"""Something that runs beside the web app for as long as it does: a ticker, a mail sender, a signer."""
Furnish = Callable[[FastAPI], None]
"""What makes a service's web app more than an API: pages, static files, walls."""


class Process:
    """One service, ready to run."""

    def __init__(
        self,
        service: Service,
        routers: Sequence[APIRouter] = (),
        *,
        companions: Sequence[Companion] = (),
        furnish: Furnish | None = None,
        with_settings: Settings | None = None,
    ) -> None:
        self.settings = with_settings or settings()
        self.service = service
        clock = Clock(self.settings.demo_clock_file if self.settings.demo else None)
        engine = connect(self.settings.database(service.name))
        reading = connect(self.settings.database(service.name), size=2, flush_each_commit=False)
        self.inbox = Inbox(reading, service, clock, topic=self.settings.case_topic)
        self.stream = Stream(self.settings, self.inbox)
        self.relay = Relay(self.settings, service.name)
        self.desk = Desk(
            settings=self.settings, service=service, engine=engine, clock=clock, inbox=self.inbox
        )
        self.desk.watch(self.stream)
        self._companions = companions
        self.app = create_app(
            self.desk, *routers, title=f"Felles ansvar: {service.name}", lifespan=self._lifespan
        )
        if furnish is not None:
            furnish(self.app)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncIterator[None]:
        self.relay.start()
        reading = asyncio.create_task(self._read())
        with contextlib.ExitStack() as stack:
            for companion in self._companions:
                stack.enter_context(companion(self.desk))
            settle()
            try:
                yield
            finally:
                reading.cancel()
                self.relay.stop()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await asyncio.wait_for(reading, 9)
        await asyncio.to_thread(self.relay.join, 2)

    async def _read(self) -> None:
        """Start the reading; when it ends by itself, the process ends, and whoever runs it starts it again."""
        try:
            await self.stream.run()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.error("reading_failed", error=type(error).__name__, exc_info=error)
            self.stream.give_up()

    def serve(self) -> None:
        """Run until SIGTERM or SIGINT."""
        host, port = self.settings.listen(self.service.name)
        uvicorn.run(
            self.app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )


def settle() -> None:
    """Leave what is there out of the search for cycles from now on: modules, models and routes stay for the life of the process, and looking
    through all of them holds every request for a tenth of a second.
    """
    gc.collect()
    gc.freeze()


def main(
    service: Service,
    routers: Sequence[APIRouter] = (),
    *,
    companions: Sequence[Companion] = (),
    furnish: Furnish | None = None,
) -> None:
    """The command line of every service: no argument serves, `replay` compares the log with the tables, `restore` brings a restored back-up forward, `openapi` prints the API."""
    start_logging(settings(), service=service.name)
    match sys.argv[1:]:
        case []:
            Process(service, routers, companions=companions, furnish=furnish).serve()
        case ["replay", *rest]:
            from backbone.replay import command

            sys.exit(command(settings(), service, rest))
        case ["restore"]:
            from backbone.restoring import report as restored

            sys.exit(restored(settings(), service))
        case ["openapi"]:
            import orjson

            process = Process(service, routers)
            print(orjson.dumps(process.app.openapi(), option=orjson.OPT_INDENT_2).decode())
        case other:
            sys.exit(
                f"{service.name} does not know {other[0]!r}; it knows nothing (serve), replay, restore and openapi"
            )
