"""Sign-in: JWTs with the claims that Kandy's have, signed with a key that nobody else knows."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

from sms_desktop.domain.clock import NowMs
from sms_desktop.simulator.refusals import unauthorized


class TokenOffice:
    """Issues and checks tokens; ``lifetime_s`` counts for tokens issued from then on.

    ``lists_numbers``: whether they hold ``sms-did-list``, which those of some accounts lack.
    """

    def __init__(self, now_ms: NowMs, key: bytes, lifetime_s: int = 28_800) -> None:
        self._now_ms = now_ms
        self._key = key
        self._generation = 0
        self.lifetime_s = lifetime_s
        self.lists_numbers = True

    def issue(
        self, user_id: str, numbers: Sequence[str], *, refresh: bool = False
    ) -> dict[str, object]:
        """The token answer for a user; ``numbers`` become ``sms-did-list``."""
        issued_s = self._now_ms() // 1000
        times = {"iat": issued_s, "exp": issued_s + self.lifetime_s}
        access = {**times, "sub": user_id, "typ": "Bearer", "generation": self._generation}
        identity = {**times, "sub": user_id, "typ": "ID", "preferred_username": user_id}
        if self.lists_numbers:
            identity["sms-did-list"] = ",".join(numbers)
        answer: dict[str, object] = {
            "access_token": self._sign(access),
            "id_token": self._sign(identity),
            "expires_in": self.lifetime_s,
            "token_type": "bearer",
            "scope": "openid",
        }
        if refresh:
            answer["refresh_token"] = self._sign({**times, "sub": user_id, "typ": "Refresh"})
            answer["refresh_expires_in"] = self.lifetime_s
        return answer

    def user_of(self, token: str) -> str:
        """The user whom an access token was issued to; raises ``Refusal`` (401)."""
        claims = self._claims(token)
        alive = float(claims.get("exp", 0)) > self._now_ms() / 1000
        if not alive or claims.get("typ") != "Bearer":
            raise unauthorized()
        if claims.get("generation") != self._generation:
            raise unauthorized()
        return str(claims["sub"])

    def revoke_all(self) -> None:
        """Every token issued until now is refused from now on."""
        self._generation += 1

    def _sign(self, claims: Mapping[str, object]) -> str:
        head = _encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
        payload = _encode(json.dumps(claims).encode())
        return f"{head}.{payload}.{self._signature(head, payload)}"

    def _signature(self, head: str, payload: str) -> str:
        return _encode(hmac.digest(self._key, f"{head}.{payload}".encode(), hashlib.sha256))

    def _claims(self, token: str) -> dict[str, float | str]:
        head, _, rest = token.partition(".")
        payload, _, signature = rest.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(head, payload).encode()):
            raise unauthorized()
        claims: dict[str, float | str] = json.loads(_decode(payload))
        return claims


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
