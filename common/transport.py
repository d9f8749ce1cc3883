"""The way out of the house: an httpx transport that connects where a rule allows, and ends in time."""

import functools
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from common.addresses import AddressRule
from common.errors import Invalid

SOCKET_OPTIONS = Iterable[httpcore.SOCKET_OPTION]


class FetchError(Invalid):
    """A page that could not be had. `retry` tells whether it may work later with nothing changed.

    `answered` is the HTTP status that came, if one did; `wait` how many seconds the server asked us to stay away.
    """

    code = "fetch-failed"

    def __init__(
        self, message: str, *, retry: bool = False, answered: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(message)
        self.retry = retry
        self.answered = answered
        self.wait = wait


class PublicTransport(httpx.BaseTransport):
    """For `httpx.Client(transport=…, trust_env=False)`, one for each call: `seconds` begin when it is made.

    It connects to the very address that was checked. Host header and TLS keep the name.
    """

    def __init__(self, *, rule: AddressRule, seconds: float, tls: ssl.SSLContext | None = None) -> None:
        backend = _CheckingBackend(rule, _Deadline(seconds))
        self._pool = httpcore.ConnectionPool(ssl_context=tls or _trusted(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises AddressRefused or FetchError."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        with _in_sentences(request.url.host):
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    url,
                    headers=request.headers.raw,
                    content=request.read(),
                    extensions=request.extensions,
                )
            )
        body = _Body(answer, request.url.host)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=body, extensions=answer.extensions
        )

    def close(self) -> None:
        """End every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, host: str) -> None:
        self._answer = answer
        self._host = host

    def __iter__(self) -> Iterator[bytes]:
        with _in_sentences(self._host):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Deadline:
    """One limit for name, connection, headers and body: a limit for each read would never end a slow drip."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    @contextmanager
    def left(self) -> Iterator[float]:
        """The seconds that remain, and the sentence for when they are used up."""
        try:
            left = self._end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            yield left
        except (TimeoutError, httpcore.TimeoutException):
            raise FetchError(
                f"The page took longer than {self._seconds:g} seconds. Try again later, or paste the text.",
                retry=True,
            ) from None


class _CheckingBackend(httpcore.SyncBackend):
    def __init__(self, rule: AddressRule, deadline: _Deadline) -> None:
        self._rule = rule
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SOCKET_OPTIONS | None = None,
    ) -> httpcore.NetworkStream:
        for address in self._addresses(host, port):
            with self._deadline.left() as left:
                try:
                    stream = super().connect_tcp(address, port, left, local_address, socket_options)
                except httpcore.ConnectError:
                    continue
                return _TimedStream(stream, self._deadline)
        raise FetchError(f"{host} does not answer. Try again later, or paste the text.", retry=True)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            with self._deadline.left() as left:
                return self._rule.addresses(host, port, seconds=left)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise FetchError(
                    f"The name {host} cannot be looked up just now. Try again later.", retry=True
                ) from None
            raise FetchError(f"There is no site named {host}. Check the address.") from None


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing waits beyond the deadline, whatever `timeout` the caller would grant."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._deadline.left() as left:
            return self._inner.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._deadline.left() as left:
            self._inner.write(buffer, left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        with self._deadline.left() as left:
            return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # Any: what httpcore declares
        return self._inner.get_extra_info(info)


@functools.cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@contextmanager
def _in_sentences(host: str) -> Iterator[None]:
    try:
        yield
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        if isinstance(error.__context__, ssl.SSLError):
            raise FetchError(
                f"{host} could not prove who it is (its certificate is not valid). Paste the text instead."
            ) from error
        raise FetchError(
            f"{host} broke off the answer. Try again later, or paste the text.", retry=True
        ) from error
