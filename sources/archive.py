"""What came over the wire as a WARC record (ISO 28500), so that others can see years later what we saw. Pure."""

from __future__ import annotations

import io
from http import HTTPStatus

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from common.fetch import Fetched

LARGEST = 5_000_000  # bytes of a body that are kept; of a larger one the text and the digest are
LEFT_OUT = frozenset(("content-encoding", "transfer-encoding", "content-length", "set-cookie", "set-cookie2"))


class _InMemory(WARCWriter):
    """The library buffers a body in a temporary file, which it leaves open; ours are small."""

    @staticmethod
    def _create_temp_file() -> io.BytesIO:
        return io.BytesIO()


def record(page: Fetched) -> bytes:
    """A gzipped WARC file with the one response, its body decompressed and its headers without cookies."""
    out = io.BytesIO()
    writer = _InMemory(out, gzip=True)
    headers = [(name, value) for name, value in page.headers.items() if name.lower() not in LEFT_OUT]
    headers.append(("Content-Length", str(len(page.body))))
    phrase = HTTPStatus(page.status).phrase if page.status in HTTPStatus._value2member_map_ else "OK"
    made = writer.create_warc_record(
        page.final_url,
        "response",
        payload=io.BytesIO(page.body),
        http_headers=StatusAndHeaders(f"{page.status} {phrase}", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(made)
    return out.getvalue()
