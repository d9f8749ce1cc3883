"""What came over the wire is kept as a WARC record; files and tables become documents of the library."""

from __future__ import annotations

import gzip
import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from common.errors import Invalid
from sources.models import Snapshot, Source
from sources.tables import read_csv
from tests.common.servers import site

__all__ = ["site"]
pytestmark = pytest.mark.django_db

TOLD = "".join(
    f"<p>On day {n} the office counted {n + 20} dead, and the river stood at {n} metres.</p>"
    for n in range(1, 9)
)
BODY = f"<html><body><article><h1>Count</h1>{TOLD}</article></body></html>"


@pytest.fixture
def at_work(client, checker, settings, site, tmp_path):
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(checker)
    return client


def add(client, **given):
    about = {"kind": "report", "reliability": "B", "publisher": "Office", "title": "Count", **given}
    return client.post(reverse("desk:add_source"), {f"source-{name}": value for name, value in about.items()})


def test_a_fetched_page_is_kept_as_it_came_and_can_be_read_by_any_warc_tool(at_work, site):
    url = site.put("/count", BODY, "text/html; charset=utf-8", Set_Cookie="id=1")
    add(at_work, url=url)

    snapshot = Snapshot.objects.get()
    assert snapshot.bytes_sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert (snapshot.final_url, snapshot.media_type) == (url, "text/html")
    answer = at_work.get(reverse("desk:record", args=[snapshot.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    [kept] = [(r, r.content_stream().read()) for r in ArchiveIterator(io.BytesIO(answer.content))]
    assert kept[0].rec_headers.get_header("WARC-Target-URI") == url
    assert kept[0].http_headers.get_statuscode() == "200"
    assert kept[0].http_headers.get_header("Set-Cookie") is None
    assert kept[1] == BODY.encode()
    assert (
        "What came over the wire (WARC)"
        in at_work.get(reverse("desk:snapshot", args=[snapshot.pk])).content.decode()
    )


def test_of_pasted_text_there_is_no_record(at_work):
    add(at_work, text="The office counted 26 dead on Monday.")
    snapshot = Snapshot.objects.get()
    assert not snapshot.record
    assert at_work.get(reverse("desk:record", args=[snapshot.pk])).status_code == 404


def test_a_record_is_not_for_readers(at_work, site, client, reader):
    add(at_work, url=site.put("/count", BODY))
    client.force_login(reader)
    assert client.get(reverse("desk:record", args=[Snapshot.objects.get().pk])).status_code == 403


def test_a_table_is_read_row_by_row_with_its_columns(at_work):
    table = SimpleUploadedFile("dead.csv", b"Region;Deaths;Note\nNorth;26;\nSouth;3;late\n", "text/csv")
    add(at_work, file=table, title="")
    assert Source.objects.get().title == "dead.csv"
    assert (
        Snapshot.objects.get().text == "Region: North; Deaths: 26.\n\nRegion: South; Deaths: 3; Note: late."
    )


def test_a_file_of_text_is_read(at_work):
    add(at_work, file=SimpleUploadedFile("note.txt", b"The office counted 26 dead on Monday.", "text/plain"))
    assert "26 dead" in Snapshot.objects.get().text


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "an image"),
        ("empty.txt", b"", "empty"),
        ("locked.zip", b"PK\x03\x04" + b"\0" * 40, ""),
        ("one.csv", b"just one line", "has no table"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_what_was_typed_stays(at_work, name, data, message):
    answer = add(at_work, file=SimpleUploadedFile(name, data), title="My title")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="My title"' in page
    assert not Source.objects.exists()


def test_a_table_of_too_many_rows_is_refused():
    with pytest.raises(Invalid, match="more than 20,000 rows"):
        read_csv(b"a,b\n" + b"1,2\n" * 20_001, "big.csv")


def test_a_gzipped_page_is_kept_unpacked(at_work, site):
    url = site.put(
        "/count", gzip.compress(BODY.encode()), "text/html; charset=utf-8", Content_Encoding="gzip"
    )
    add(at_work, url=url)
    answer = at_work.get(reverse("desk:record", args=[Snapshot.objects.get().pk]))
    [body] = [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(answer.content))]
    assert body == BODY.encode()
