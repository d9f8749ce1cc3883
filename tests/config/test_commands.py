"""The commands that others script: what they print, and what they say of input that cannot be used."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article

TEXT = "Officials said on Monday that 14 people died in the ferry accident.\n\nThe operator denied it."


def run(*command: object) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*map(str, command), stdout=out)
    return out.getvalue()


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.django_db(transaction=True)
def test_ingest_prints_the_finished_article_with_its_claims(tmp_path, checker):
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT)

    found = json.loads(run("ingest", path, "--wait", "--json"))

    assert found["processing"]["state"] == "done"
    assert "14 people died in the ferry accident." in [claim["text"] for claim in found["claims"]]
    assert all({"evidence", "suggestion", "start", "end", "quote"} <= set(claim) for claim in found["claims"])


@pytest.mark.django_db(transaction=True)
def test_ingest_says_why_an_address_gave_no_text(checker):
    with pytest.raises(CommandError, match=r"has no text: 169\.254\.169\.254 is not on the public internet"):
        run("ingest", "http://169.254.169.254/latest/", "--wait", "--json")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.txt", b"", "empty.txt is empty. Choose another file"),
        ("binary.txt", bytes(range(256)) * 40, "This file is not text, whatever its name says."),
        ("big.txt", b"word " * 2_200_000, "big.txt is larger than 10 MB."),
        ("nul.txt", b"a\0b", "This file is not text"),
        ("page.html", b"<html><body><script>1</script></body></html>", "We found no article on that page"),
    ],
)
@pytest.mark.django_db
def test_ingest_refuses_a_file_that_cannot_be_used_with_a_sentence(tmp_path, checker, name, data, sentence):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(CommandError, match=sentence):
        run("ingest", tmp_path / name)

    assert not Article.objects.exists()


@pytest.mark.django_db
def test_ingest_names_a_file_that_is_not_there(tmp_path, checker):
    with pytest.raises(CommandError, match=r"nowhere.txt cannot be read: No such file or directory\."):
        run("ingest", tmp_path / "nowhere.txt")
    with pytest.raises(CommandError, match=r"cannot be read: Is a directory\."):
        run("ingest", tmp_path)


def test_extract_goes_on_past_what_it_cannot_read(tmp_path):
    path = tmp_path / "articles.jsonl"
    rows = [
        json.dumps({"id": "a", "text": TEXT}),
        "{broken",
        '["no object"]',
        json.dumps({"id": "d", "text": ""}),
    ]
    path.write_text("\n".join(rows))
    out = StringIO()

    with pytest.raises(CommandError, match="2 of 4 could not be read"):
        call_command("extract", str(path), "--json", stdout=out)

    first, broken, wrong, empty = lines(out.getvalue())
    assert (first["id"], len(first["claims"])) == ("a", 2)
    assert broken["error"].startswith("Article 2 is not JSON: Expecting property name")
    assert wrong["error"].startswith("Article 3: give an object like")
    assert (empty["id"], empty["claims"]) == ("d", [])


def test_extract_reads_a_folder_in_any_encoding_and_names_what_is_no_text(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes("Die Stadt meldete 26 Tote.\r\n".encode("utf-16"))
    (tmp_path / "b.txt").write_bytes(b"\0\1\2")
    out = StringIO()

    with pytest.raises(CommandError, match="1 of 2 could not be read"):
        call_command("extract", str(tmp_path), stdout=out)

    first, second = lines(out.getvalue())
    assert first["id"] == "a"
    assert "\0" not in json.dumps(first)
    assert second["error"].startswith("This file is not text")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{", "Article one is not JSON"),
        (b'{"text": 3}', "give an object"),
        (b'{"published": "soon"}', "is no date"),
    ],
)
def test_extract_refuses_one_article_that_it_cannot_read(tmp_path, data, sentence):
    (tmp_path / "one.json").write_bytes(data)
    with pytest.raises(CommandError, match=sentence):
        run("extract", tmp_path / "one.json", "--json")
