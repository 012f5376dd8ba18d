"""The signer: a small process with a key and a memory of its own, and a page of health."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from backbone.calls import Calls
from backbone.checkpoint_memory import CheckpointMemory
from backbone.clock import Clock
from backbone.logs import logger, start_logging
from backbone.note import Note
from backbone.settings import Settings, settings
from backbone.tree_client import TreeClient, TreeNotReached
from backbone.work import service_actor
from services.signer.signing import Signer

log = logger(__name__)
EVERY = 5.0
"""Seconds between rounds; an event is under a signed checkpoint within twice that (architecture, what always
holds).
"""


class Rounds:
    """The signer's rounds in a thread of their own."""

    def __init__(self, chosen: Settings, *, every: float = EVERY) -> None:
        if chosen.signer_folder is None:
            raise RuntimeError(
                "FELLES_SIGNER_FOLDER is not set: it is where the signer keeps its key and its memory"
            )
        self._calls, self._every = Calls(chosen, Clock()), every
        memory = CheckpointMemory(chosen.signer_folder)
        self.key = memory.key(chosen.log_origin)
        self.signer = Signer(TreeClient(chosen.address("audit")), memory, self.key, self._hand_in)
        self.reached = threading.Event()
        self._stopping = threading.Event()

    def _hand_in(self, partition: int, note: Note) -> None:
        path, actor = f"/trees/{partition}/checkpoints", service_actor("signer")
        self._calls.post("audit", path, actor=actor, body={"note": str(note)})

    def run(self) -> None:
        """Until `stop`."""
        while not self._stopping.is_set():
            try:
                self.signer.round()
                self.reached.set()
            except TreeNotReached as error:
                log.warning("round_interrupted", error=type(error).__name__, reason=str(error)[:200])
            except Exception as error:  # nothing may end the rounds in silence
                log.error("round_failed", error=type(error).__name__, exc_info=error)
            self._stopping.wait(self._every)

    def stop(self) -> None:
        """Ask the rounds to end."""
        self._stopping.set()


def create_app(rounds: Rounds) -> FastAPI:
    """Health, the public key, and what is refused."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        thread = threading.Thread(target=rounds.run, name="signer", daemon=True)
        thread.start()
        yield
        rounds.stop()

    app = FastAPI(title="Felles ansvar: signer", lifespan=lifespan, docs_url=None, redoc_url=None)

    @app.get("/health/live")
    def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/health/ready")
    def ready() -> Response:
        reached = rounds.reached.is_set()
        return PlainTextResponse(
            "ready" if reached else "the trees were not reached yet", 200 if reached else 503
        )

    @app.get("/key")
    def key() -> PlainTextResponse:
        return PlainTextResponse(f"{rounds.key.verifier}\n")

    @app.get("/refused")
    def refused() -> JSONResponse:
        return JSONResponse({str(partition): why for partition, why in rounds.signer.refused.items()})

    @app.get("/metrics")
    def metrics() -> PlainTextResponse:
        name = "felles_trees_not_signed"
        return PlainTextResponse(
            f'# TYPE {name} gauge\n{name}{{service="signer"}} {len(rounds.signer.refused)}\n'
        )

    return app


def main() -> None:
    """Serve and sign until SIGTERM or SIGINT."""
    chosen = settings()
    start_logging(chosen, service="signer")
    host, port = chosen.listen("signer")
    uvicorn.run(
        create_app(Rounds(chosen)),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
    )
