"""An OpenID Connect provider as a web app: it stands for the national log-in, which lies outside this system."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from backbone.clock import Clock

ISSUER = "https://eid.demo.example"
CLIENT = "felles-ansvar"
SECRET = "a secret that the two share, long enough"


class Provider:
    """Says who somebody is. What it puts into the token can be changed, to be refused."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with: Any = self.key
        self.algorithm = "RS256"
        self.changes: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.client_shown: list[str] = []
        self.app = self._app()

    def logs_in(self, address: str, subject: str) -> tuple[str, str]:
        """What the person does at the address the browser was sent to; gives the state and the code it comes back with."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{ISSUER}/authorize?")
        assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
        assert (query["scope"], query["code_challenge_method"]) == ("openid", "S256")
        code = f"code-{len(self.asked)}"
        self.asked[code] = {**query, "subject": subject}
        return query["state"], code

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def described() -> dict[str, str]:
            return {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "end_session_endpoint": f"{ISSUER}/end",
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            jwk = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return {"keys": [{**jwk, "kid": "one", "use": "sig", "alg": "RS256"}]}

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
            self.client_shown.append(request.headers.get("authorization", form.get("client_assertion", "")))
            asked = self.asked.pop(form.get("code", ""), None)
            challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            shown = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
            if (
                asked is None
                or asked["code_challenge"] != shown
                or asked["redirect_uri"] != form["redirect_uri"]
            ):
                return JSONResponse({"error": "invalid_grant"}, status_code=400)
            return JSONResponse(
                {"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(asked)}
            )

        return app

    def _id_token(self, asked: dict[str, str]) -> str:
        now = int(Clock().moment().real_at.timestamp())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": asked["subject"],
            "nonce": asked["nonce"],
            "acr": "level-high",
            "iat": now,
            "exp": now + 120,
        }
        claims = {name: value for name, value in {**claims, **self.changes}.items() if value is not None}
        return jwt.encode(claims, self.signs_with, algorithm=self.algorithm, headers={"kid": "one"})
