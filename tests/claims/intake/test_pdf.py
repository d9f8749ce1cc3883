"""PDFs of every kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.intake import pdf
from claims.intake.documents import read_document
from common.errors import Invalid
from tests.claims.intake.files import pdf_file

REPORT = """Harbour inspections in 2025
The port authority inspected 412 vessels in the past year, which is 38 more than
in the year before. Of these, 27 were held back because of faults in their life-
boats or engines.
The number of serious accidents fell from five to three. Nobody was killed, accor-
ding to the authority (see page 4)."""


def test_printed_lines_become_paragraphs_again():
    document = read_document("report.pdf", pdf_file(REPORT))

    assert document.kind == "pdf"
    assert document.text.split("\n\n") == [
        "Harbour inspections in 2025",
        "The port authority inspected 412 vessels in the past year, which is 38 more than in the year before. Of "
        "these, 27 were held back because of faults in their lifeboats or engines.",
        "The number of serious accidents fell from five to three. Nobody was killed, according to the authority "
        "(see page 4).",
    ]
    assert document.title == "Harbour inspections in 2025"
    assert document.language == "en"


def test_a_sentence_goes_on_over_the_end_of_a_page():
    first = "The port authority inspected 412 vessels in the past year, which is 38 more\nthan in the year before and"
    second = "the highest number since the records began, its director told the committee."

    assert "\n" not in read_document("a.pdf", pdf_file(first, second)).text


def test_page_numbers_and_running_heads_are_left_out():
    line = "Sentence {n} tells of inspection number {n}, which was made in the harbour by day.\n"
    pages = [
        f"Port Authority - Annual report {n}\n{''.join(line.format(n=n * 10 + i) for i in range(6))}{n} of 4"
        for n in range(1, 5)
    ]

    text = read_document("a.pdf", pdf_file(*pages)).text

    assert "Annual report" not in text
    assert " of 4" not in text
    assert text.startswith("Sentence 10 tells")
    assert "Sentence 45 tells" in text


def test_a_list_keeps_its_items_apart():
    text = read_document("a.pdf", pdf_file(REPORT + "\nFaults found:\n- lifeboats, 14\n- engines, 13")).text

    assert text.endswith("Faults found:\n\n- lifeboats, 14\n\n- engines, 13")


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Inspections: a review", "Inspections: a review"),
        ("Microsoft Word - final_v3.docx", "Harbour inspections in 2025"),
        ("report.indd", "Harbour inspections in 2025"),
    ],
)
def test_the_stated_title_counts_unless_a_program_wrote_it(stated, title):
    assert read_document("a.pdf", pdf_file(REPORT, title=stated)).title == title


def test_a_pdf_with_a_password_is_refused_with_advice():
    with pytest.raises(Invalid, match=r"locked with a password. Save a copy without one"):
        read_document("a.pdf", pdf_file(REPORT, password="secret"))


def test_a_pdf_that_is_locked_only_against_changes_is_read():
    assert read_document("a.pdf", pdf_file(REPORT, password="")).title == "Harbour inspections in 2025"


@pytest.mark.parametrize("pages", [("",), ("", "", ""), ("Scanned by X100\n3 May 2026",)])
def test_a_scan_is_refused_with_advice(pages):
    with pytest.raises(Invalid, match=r"pictures of pages and no text. Run text recognition \(OCR\)"):
        read_document("a.pdf", pdf_file(*pages))


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)

    assert read_document("a.pdf", pdf_file(REPORT, REPORT)).text
    with pytest.raises(Invalid, match="more than 2 pages"):
        read_document("a.pdf", pdf_file(REPORT, REPORT, REPORT))


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1)

    with pytest.raises(Invalid, match="too intricate"):
        read_document("a.pdf", pdf_file(REPORT))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.7 trailer << /Root 1 0 R >>"])
def test_a_pdf_that_is_none_inside_is_refused(data):
    with pytest.raises(Invalid, match="damaged"):
        read_document("a.pdf", data)


WHOLE = pdf_file(REPORT, REPORT)


@settings(deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), cut=st.booleans(), junk=st.binary(min_size=1, max_size=8))
def test_a_damaged_pdf_is_read_or_refused_but_never_breaks_anything(at, cut, junk):
    damaged = WHOLE[:at] if cut else WHOLE[:at] + junk + WHOLE[at + len(junk) :]
    try:
        document = pdf.read(damaged)
    except Invalid:
        return

    assert document.text
