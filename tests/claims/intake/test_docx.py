"""Word documents of every kind."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.intake import docx
from claims.intake.documents import read_document
from common.errors import Invalid
from tests.claims.intake.files import docx_file

FLASH = ("Ferry capsizes off Lindøya", "Twelve people were rescued & two are missing.")


def words_of(body):
    return read_document("a.docx", docx_file(body=body)).text


def test_paragraphs_come_out_with_a_blank_line_between_them():
    document = read_document("note.docx", docx_file(*FLASH))

    assert document.text == "Ferry capsizes off Lindøya\n\nTwelve people were rescued & two are missing."
    assert (document.kind, document.title, document.language) == ("docx", "Ferry capsizes off Lindøya", "en")


def test_runs_tabs_breaks_and_hyphens_of_a_paragraph_are_put_together():
    body = (
        "<w:p><w:r><w:t>Twelve peo</w:t></w:r><w:r><w:t>ple</w:t><w:tab/><w:t>were</w:t><w:br/><w:t>res</w:t>"
        "<w:noBreakHyphen/><w:t>cued.</w:t></w:r></w:p>"
    )

    assert words_of(body) == "Twelve people were\nres-cued."


def test_changes_are_read_as_accepted():
    body = (
        "<w:p><w:del><w:r><w:delText>Thirteen</w:delText></w:r></w:del><w:ins><w:r><w:t>Twelve</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t> away</w:t></w:r></w:moveFrom><w:r><w:t> rescued.</w:t></w:r>"
        "<w:moveTo><w:r><w:t> Away.</w:t></w:r></w:moveTo></w:p>"
    )

    assert words_of(body) == "Twelve rescued. Away."


def test_field_codes_are_left_out_and_links_keep_their_words():
    body = (
        "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:hyperlink><w:r><w:t>the report</w:t></w:r>"
        "</w:hyperlink></w:p>"
    )

    assert words_of(body) == "the report"


def test_a_row_of_a_table_is_one_paragraph():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{cell.format(year)}{cell.format(count)}</w:tr>"
        for year, count in ((2025, "three"), (2026, "two"))
    )

    assert words_of(f"<w:tbl>{rows}</w:tbl><w:p><w:r><w:t>After.</w:t></w:r></w:p>") == (
        "2025 | three\n\n2026 | two\n\nAfter."
    )


def test_a_text_box_is_read_once_and_apart():
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Before.</w:t></w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:r><w:t>After.</w:t></w:r></w:p>"
    )

    assert words_of(body) == "Before.\n\nIn the box.\n\nAfter."


def test_the_main_part_may_have_another_name():
    assert read_document("a.docx", docx_file(*FLASH, main="word/document2.xml")).title == FLASH[0]


def test_a_document_without_words_is_refused():
    with pytest.raises(Invalid, match="no words in this document"):
        read_document("a.docx", docx_file(body="<w:p/><w:p><w:r><w:drawing/></w:r></w:p>"))


def test_a_small_document_that_unpacks_to_something_huge_is_refused_before_it_is_unpacked():
    bomb = docx_file(body="<w:p/>" * 4_000_000)
    assert len(bomb) < 100_000

    with pytest.raises(Invalid, match="unpacks to more than"):
        read_document("a.docx", bomb)


def test_a_bomb_in_the_list_of_parts_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<x/>")
        package.writestr("[Content_Types].xml", b" " * 30_000_000)

    with pytest.raises(Invalid, match="unpacks to more than"):
        read_document("a.docx", made.getvalue())


def test_a_document_that_lies_about_its_size_is_refused():
    honest = docx_file(body="<w:p/>" * 100_000)
    declared = (6 * 100_000).to_bytes(4, "little")
    package = zipfile.ZipFile(io.BytesIO(honest))
    size = package.getinfo("word/document.xml").file_size
    assert declared != size.to_bytes(4, "little")

    with pytest.raises(Invalid, match="damaged"):
        read_document("a.docx", honest.replace(size.to_bytes(4, "little"), (999).to_bytes(4, "little")))


def test_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(docx, "MAX_PARTS", 2)

    with pytest.raises(Invalid, match="unpacks to more than"):
        read_document("a.docx", docx_file(*FLASH, **{"word/one.xml": b"<x/>"}))


def test_entities_are_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package, zipfile.ZipFile(io.BytesIO(docx_file(*FLASH))) as plain:
        package.writestr("[Content_Types].xml", plain.read("[Content_Types].xml"))
        package.writestr(
            "word/document.xml",
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
            '<w:document xmlns:w="w"><w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p></w:document>',
        )

    with pytest.raises(Invalid, match="damaged"):
        read_document("a.docx", made.getvalue())


def test_a_locked_part_is_named_as_such():
    data = bytearray(docx_file(*FLASH))
    at = data.index(b"PK\x01\x02")
    while at != -1:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)

    with pytest.raises(Invalid, match="locked with a password"):
        read_document("a.docx", bytes(data))


WHOLE = docx_file(*FLASH)


@settings(deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), cut=st.booleans(), junk=st.binary(min_size=1, max_size=8))
def test_a_damaged_document_is_read_or_refused_but_never_breaks_anything(at, cut, junk):
    damaged = WHOLE[:at] if cut else WHOLE[:at] + junk + WHOLE[at + len(junk) :]
    try:
        document = docx.read(damaged)
    except Invalid:
        return

    assert document.text
