"""A Kandy by hand: a server that answers with exactly the bytes a test wants, or breaks as ordered."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sms_desktop.system.server_closing import let_in_no_more

USER_ID = "7c5cfc00-user"


def jwt(**claims: object) -> str:
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"eyJhbGciOiJIUzI1NiJ9.{payload}.c2ln"


def http(status: int, body: bytes | object = b"", **headers: str) -> bytes:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Length", str(len(raw)))
    lines = [f"HTTP/1.1 {status} X", *(f"{n}: {v}" for n, v in named.items()), "", ""]
    return "\r\n".join(lines).encode() + raw


def sent(message_id: str = "SM1", text: str = "hi") -> bytes:
    url = (
        f"/cpaas/smsmessaging/v1/{USER_ID}/remoteAddresses/+16130000001/localAddresses/+16130000002"
    )
    return http(
        201,
        {
            "outboundSMSMessageRequest": {
                "address": ["+16130000001"],
                "deliveryInfoList": {
                    "deliveryInfo": [
                        {"address": "+16130000001", "deliveryStatus": "DeliveredToNetwork"}
                    ]
                },
                "outboundSMSTextMessage": {"message": text},
                "resourceURL": f"{url}/messages/{message_id}",
                "senderAddress": "+16130000002",
            }
        },
    )


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answer = bytes | None | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""Bytes to write; None: cut the connection; a function: does what it wants with it."""


@dataclass
class RawKandy:
    """Speaks HTTP by hand; ``token`` and ``other`` say what to answer to which request."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    lifetime_s: int = 3600
    token_headers: dict[str, str] = field(default_factory=dict)
    issued: int = 0
    token: Callable[[Asked], Awaitable[Answer]] | None = None
    other: Callable[[Asked], Awaitable[Answer]] | None = None
    _server: asyncio.Server | None = None
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self, **how: Any) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, **how)
        self.port = self._server.sockets[0].getsockname()[1]

    async def hang_up(self) -> None:
        """Close every connection; new ones are welcome."""
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def close(self) -> None:
        if self._server is not None:
            await let_in_no_more(self._server.sockets)
            self._server.close()
        await self.hang_up()
        # Who keeps this handle shall not keep the loop along with it.
        self._server = None
        self._talks.clear()

    def new_token(self) -> bytes:
        self.issued += 1
        body = {
            "access_token": jwt(iat=1000, exp=1000 + self.lifetime_s, n=self.issued),
            "id_token": jwt(preferred_username=USER_ID, **{"sms-did-list": "+16130000002"}),
            "expires_in": self.lifetime_s,
        }
        return http(200, body, **self.token_headers)

    def sends(self) -> list[Asked]:
        return [a for a in self.asked if a.path.endswith("/requests")]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                answer = await self._answer(asked)
                if answer is None:
                    writer.transport.abort()
                    return
                if callable(answer):
                    await answer(writer)
                    return
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # Cancelled by ``close`` only; asyncio would log an error about it.
            pass
        finally:
            writer.close()
            self._talks.discard(task)

    async def _answer(self, asked: Asked) -> Answer:
        if asked.path.endswith("/auth/v1/token"):
            return await self.token(asked) if self.token else self.new_token()
        return await self.other(asked) if self.other else http(404, {"message": "nothing here"})


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, body)
