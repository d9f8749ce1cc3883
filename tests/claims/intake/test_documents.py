"""Any file that a person may hand in."""

import gzip
import io
import zipfile

import pytest

from claims.intake import documents
from claims.intake.documents import read_document
from common.errors import Invalid
from tests.claims.intake.files import ARTICLE, docx_file, pdf_file

NOTE = "Twelve rescued off Lindøya\n\nThe coast guard said on Monday that twelve people were rescued."


def test_a_text_file_is_read_as_it_is():
    document = read_document("note.txt", NOTE.encode())

    assert document.text == NOTE
    assert (document.kind, document.title, document.language) == ("text", "Twelve rescued off Lindøya", "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_common_encoding_of_text_is_understood(encoding):
    assert read_document("note.txt", (NOTE * 3).encode(encoding)).text.startswith(
        "Twelve rescued off Lindøya\n"
    )


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "海上保安庁は月曜日、フェリーが転覆し十二人が救助されたと発表した。"),
        ("gb18030", "海岸警卫队说，星期一早上一艘渡轮在岛附近倾覆，十二人获救。"),
        ("cp1250", "Pobřežní stráž uvedla, že v pondělí bylo zachráněno dvanáct lidí."),
        ("cp1251", "Береговая охрана сообщила о двенадцати спасённых после аварии парома."),
        ("cp1256", "قال المتحدث إن اثني عشر راكبا أنقذوا من الماء خلال نصف ساعة"),
    ],
)
def test_the_encodings_of_other_scripts_are_guessed(encoding, text):
    assert read_document("a.txt", text.encode(encoding)).text == text


def test_a_declared_encoding_counts_and_an_unknown_one_is_passed_over():
    cyrillic = "Береговая охрана сообщила о двенадцати спасённых."

    declared = read_document("a.txt", cyrillic.encode("koi8-r"), content_type="text/plain; charset=koi8-r")
    unknown = read_document("a.txt", cyrillic.encode(), content_type="text/plain; charset=klingon")

    assert declared.text == unknown.text == cyrillic


def test_a_text_whose_first_line_is_a_paragraph_has_no_title():
    assert read_document("a.txt", b"word " * 60).title == ""


def test_emoji_and_right_to_left_text_come_through():
    text = "🚢 أنقذت خفر السواحل اثني عشر شخصا يوم الاثنين 👨‍👩‍👧"

    assert read_document("a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.txt", ARTICLE.encode(), "html"),
        ("page", b"\n <!-- saved --> " + ARTICLE.encode(), "html"),
        (
            "report.txt",
            pdf_file("The port authority inspected 412 vessels in 2025, says its annual report."),
            "pdf",
        ),
        ("report.html", docx_file("Twelve rescued."), "docx"),
        ("note.docx", NOTE.encode(), "text"),
        ("note.html", NOTE.encode(), "text"),
        ("a.txt", b"A < B and B > C, the <p> of the proof says.", "text"),
    ],
)
def test_the_bytes_decide_and_not_the_name(name, data, kind):
    assert read_document(name, data).kind == kind


@pytest.mark.parametrize("data", [b"", b" \n\r\n "])
def test_an_empty_file_is_refused(data):
    with pytest.raises(Invalid, match=r"^note\.txt is empty\. Choose another file, or paste the text"):
        read_document("note.txt", data)


def test_a_file_of_just_the_limit_is_looked_at_and_one_byte_more_is_not(monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 100)

    assert read_document("a.txt", b"x" * 100).text == "x" * 100
    with pytest.raises(Invalid, match=r"^a\.txt is larger than 0\.0001 MB\. Upload only the part"):
        read_document("a.txt", b"x" * 101)


def test_ten_megabytes_of_text_are_refused_with_advice():
    with pytest.raises(
        Invalid, match=r"10,000,000 characters; the desk takes up to 1,000,000\. Submit it in parts"
    ):
        read_document("a.txt", b"x" * 10_000_000)


def zipped(name):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is an image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "is an image"),
        (b"\x7fELF" + bytes(50), "is a program"),
        (b"MZ\x90\0" + bytes(50), "is a program"),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "is a film or an image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "is an old Office document"),
        (b"{\\rtf1 words}", "is a Rich Text document"),
        (gzip.compress(b"words"), "is an archive"),
        (zipped("xl/workbook.xml"), "is an archive or another kind of Office document"),
    ],
)
def test_a_binary_renamed_to_text_is_named_for_what_it_is(data, what):
    with pytest.raises(Invalid, match=rf"^note\.txt {what}.*Upload a PDF, a Word document"):
        read_document("note.txt", data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"twenty\0six people", b"\0\1\2\3"])
def test_bytes_of_an_unknown_kind_are_refused_as_no_text(data):
    with pytest.raises(Invalid, match="not text, whatever its name says"):
        read_document("note.txt", data)


def test_half_a_utf16_text_is_refused():
    with pytest.raises(Invalid, match="not text"):
        read_document("note.txt", b"\xff\xfe\x00\xd8")


def test_a_text_that_begins_like_a_program_is_still_text():
    assert read_document("note.txt", b"MZ is the code of Mozambique. BM is that of Bermuda.").kind == "text"


def test_a_zip_that_breaks_off_is_refused():
    with pytest.raises(Invalid, match="damaged"):
        read_document("note.docx", docx_file("Twelve rescued.")[:200])


def test_a_file_without_a_name_is_spoken_of_politely():
    with pytest.raises(Invalid, match=r"^This file is empty"):
        read_document("", b"")


def test_many_comments_before_nothing_are_read_at_once():
    assert read_document("a.txt", b"<!---->" * 20_000 + b"words").kind == "text"
