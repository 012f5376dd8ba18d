"""Log-in with an electronic identity by OpenID Connect: the code flow with PKCE, the ID token checked here, nothing of it kept.

Authlib speaks OAuth with the provider, PyJWT checks the token. Works with any provider that publishes its discovery document
(ID-porten, HelseID, Feide, Entra ID); what is expected of it stands in docs/operations.md.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import httpx
import jwt
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT

from backbone.logs import logger
from backbone.refusal import NotAllowed, Sentence, Unavailable
from backbone.settings import Settings

log = logger(__name__)
RETURN_PATH = "/logg-inn/retur"
ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Asymmetric only: a token that the provider did not sign with its own key is no token."""
LEEWAY = 30
"""Seconds that the provider's clock may differ from ours."""
TIMEOUT = 10.0


class Attempt(NamedTuple):
    """One log-in under way: where the browser goes, and what must come back with it."""

    address: str
    state: str
    nonce: str
    verifier: str


class Known(NamedTuple):
    """Who the provider says it is: an opaque subject of that issuer, never a name or a national identity number."""

    issuer: str
    subject: str


class OpenId:
    """The provider, as its discovery document describes it; the document and the keys are fetched when first needed."""

    def __init__(self, settings: Settings, *, client: httpx.Client | None = None) -> None:
        if not settings.openid_issuer:
            raise RuntimeError("FELLES_OPENID_ISSUER is not set")
        self._settings, self._issuer = settings, settings.openid_issuer.rstrip("/")
        self._http = client or httpx.Client(timeout=TIMEOUT)
        self._transport = client._transport if client is not None else None
        self._described: dict[str, Any] | None = None
        self._keys: jwt.PyJWKSet | None = None
        self._lock = threading.Lock()

    def begin(self, *, state: str, nonce: str, verifier: str) -> Attempt:
        """Where to send the browser. Raises Unavailable."""
        wanted = {"acr_values": self._settings.openid_acr} if self._settings.openid_acr else {}
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **wanted,
            )
        return Attempt(address, state, nonce, verifier)

    def finish(self, *, code: str, nonce: str, verifier: str) -> Known:
        """Who came back with the code. Raises NotAllowed for a log-in that does not hold, Unavailable when the provider is away."""
        try:
            with self._client() as client:
                answer = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                )
            return self._checked(str(answer.get("id_token", "")), nonce)
        except httpx.HTTPError as error:
            log.warning("log_in_provider_away", error=type(error).__name__)
            raise Unavailable("PROVIDER_AWAY", PROVIDER_AWAY) from None
        except (AuthlibBaseError, jwt.PyJWTError, ValueError) as error:
            log.warning("log_in_refused", error=type(error).__name__)
            raise NotAllowed("LOG_IN", LOG_IN_REFUSED) from None

    def way_out(self, back: str) -> str | None:
        """Where the browser goes to be logged out of the provider too; None when it has no such place, or does not answer."""
        try:
            end = self._description().get("end_session_endpoint")
        except Unavailable:
            return None
        if not end:
            return None
        query = {"client_id": self._settings.openid_client_id, "post_logout_redirect_uri": back}
        return str(httpx.URL(end, params=query))

    def _checked(self, id_token: str, nonce: str) -> Known:
        claims = jwt.decode(
            id_token,
            self._key_of(id_token).key,
            algorithms=ALGORITHMS,
            audience=self._settings.openid_client_id,
            issuer=self._description()["issuer"],
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "sub", "iss", "aud"]},
        )
        if claims.get("nonce") != nonce:
            raise jwt.InvalidTokenError("nonce")
        if claims.get("azp", self._settings.openid_client_id) != self._settings.openid_client_id:
            raise jwt.InvalidTokenError("azp")
        accepted = self._settings.openid_acr.split()
        if accepted and claims.get("acr") not in accepted:
            raise jwt.InvalidTokenError("acr")
        return Known(str(claims["iss"]), str(claims["sub"]))

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The key that the token names; fetched anew once when it is not known, for providers change keys."""
        kid = jwt.get_unverified_header(id_token).get("kid")
        key = _named(kid, self._keys) or _named(kid, self._fetch_keys())
        if key is None:
            raise jwt.InvalidTokenError("no such key")
        return key

    def _fetch_keys(self) -> jwt.PyJWKSet:
        self._keys = jwt.PyJWKSet.from_dict(
            self._http.get(self._endpoint("jwks_uri")).raise_for_status().json()
        )
        return self._keys

    def _endpoint(self, name: str) -> str:
        return str(self._description()[name])

    def _description(self) -> dict[str, Any]:
        with self._lock:
            if self._described is None:
                try:
                    answer = self._http.get(f"{self._issuer}/.well-known/openid-configuration")
                    described = dict(answer.raise_for_status().json())
                except (httpx.HTTPError, ValueError) as error:
                    log.warning("log_in_provider_away", error=type(error).__name__)
                    raise Unavailable("PROVIDER_AWAY", PROVIDER_AWAY) from None
                if str(described.get("issuer", "")).rstrip("/") != self._issuer:
                    log.error("log_in_provider_is_another")
                    raise Unavailable("PROVIDER_AWAY", PROVIDER_AWAY)
                self._described = described
            return self._described

    def _client(self) -> OAuth2Client:
        settings = self._settings
        key, secret = settings.openid_private_key(), settings.openid_client_secret()
        method = "private_key_jwt" if key else "client_secret_basic" if secret else "none"
        client = OAuth2Client(
            settings.openid_client_id,
            (key or secret or b"").decode() or None,
            scope="openid",
            redirect_uri=settings.portal_url.rstrip("/") + RETURN_PATH,
            code_challenge_method="S256",
            token_endpoint_auth_method=method,
            timeout=TIMEOUT,
            **({"transport": self._transport} if self._transport is not None else {}),
        )
        if key:
            client.register_client_auth_method(PrivateKeyJWT(self._endpoint("token_endpoint")))
        return client


LOG_IN_REFUSED = Sentence(
    "Innloggingen ble ikke godtatt. Prøv på nytt, og bruk elektronisk ID på det nivået kommunen krever.",
    "Innlogginga vart ikkje godteken. Prøv på nytt, og bruk elektronisk ID på det nivået kommunen krev.",
    "The log-in was not accepted. Try again, with an electronic identity of the level that is required.",
)
PROVIDER_AWAY = Sentence(
    "Innloggingstjenesten svarer ikke akkurat nå. Prøv igjen om litt.",
    "Innloggingstenesta svarar ikkje akkurat no. Prøv igjen om litt.",
    "The log-in service does not answer just now. Try again in a little while.",
)


def _named(kid: str | None, keys: jwt.PyJWKSet | None) -> jwt.PyJWK | None:
    return next((key for key in (keys.keys if keys else ()) if key.key_id == kid), None)
