"""Real web servers on loopback, for whatever fetches."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Page = Callable[[BaseHTTPRequestHandler], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is what many of the tests are about."""


class Site:
    """A web server with a few pages. `asked` keeps each request as its path and headers."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                try:
                    site.pages.get(self.path, answer(404))(self)
                except (BrokenPipeError, ConnectionResetError):  # the caller has heard enough
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.scheme = "http"
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
            self.scheme = "https"

    @property
    def port(self) -> int:
        return self.server.server_port

    @property
    def place(self) -> str:
        """How an AddressRule names it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def put(
        self, path: str, body: bytes | str, content_type: str = "text/html; charset=utf-8", **headers: str
    ) -> str:
        """Put a page there; gives its address."""
        self.pages[path] = answer(200, body, {"Content-Type": content_type, **headers})
        return self.url(path)

    def send_on(self, path: str, to: str, status: int = 302) -> str:
        """Put a redirect there; gives its address."""
        self.pages[path] = answer(status, b"", {"Location": to})
        return self.url(path)

    def drip(self, path: str, first: bytes) -> str:
        """Put a page there that sends `first` and then a byte now and then, for ever; gives its address."""

        def dripping(handler: BaseHTTPRequestHandler) -> None:
            handler.close_connection = True
            handler.wfile.write(first)
            while not self.closing.wait(0.02):
                handler.wfile.write(b"x")

        self.pages[path] = dripping
        return self.url(path)


def answer(status: int, body: bytes | str = b"", headers: dict[str, str] | None = None) -> Page:
    """A page that always answers the same."""
    content = body.encode() if isinstance(body, str) else body

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return page


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that answers until the block ends."""
    site = Site(tls)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.server.shutdown()
        site.server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def other_site() -> Iterator[Site]:
    with running() as site:
        yield site
