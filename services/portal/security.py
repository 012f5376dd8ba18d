"""What every answer carries and every changing request must show: the browser's own walls, raised as high as they go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",  # the design system draws its icons as data: masks
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STATIC = "/static/"
BETWEEN_PROCESSES = "/operations/"
"""Called with a bearer token and no cookie, so no page elsewhere can call it with somebody's session."""


def comes_from_here(request: Request) -> bool:
    """True when a browser says that the request comes from one of our own pages; a browser that says nothing is not believed."""
    if request.method in SAFE_METHODS or request.url.path.startswith(BETWEEN_PROCESSES):
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")


def guard(
    refuse: Callable[[Request], Response], broken: Callable[[Request, Exception], Response]
) -> Callable[..., Awaitable[Response]]:
    """The middleware; `refuse` makes the page for a request that comes from elsewhere, `broken` the one for a fault of ours."""

    async def walls(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            answer = await call_next(request) if comes_from_here(request) else refuse(request)
        except Exception as error:
            answer = broken(request, error)
        answer.headers.update(HEADERS)
        if request.url.path.startswith(STATIC):
            answer.headers["Cache-Control"] = "public, max-age=3600"
        else:
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return walls
