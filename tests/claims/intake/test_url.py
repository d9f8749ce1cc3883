"""Articles at addresses, from real servers on loopback."""

import pytest

from claims.intake.url import read_url
from common.addresses import AddressRefused
from common.errors import Invalid
from common.fetch import FetchError
from tests.claims.intake.files import ARTICLE, ARTICLE_TEXT, docx_file, pdf_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_the_article_at_an_address_is_read(site):
    document = read_url(site.put("/news/ferry", ARTICLE), allow=[site.place])

    assert document.text == ARTICLE_TEXT
    assert document.title == "Ferry capsizes off Lindøya, twelve rescued"


def test_the_encoding_of_the_answer_counts(site):
    page = ARTICLE.replace('<meta charset="utf-8">', "").encode("cp1252")

    assert (
        "Lindøya"
        in read_url(site.put("/a", page, "text/html; charset=windows-1252"), allow=[site.place]).text
    )


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (
            pdf_file("The port authority inspected 412 vessels in 2025, says its report."),
            "application/pdf",
            "pdf",
        ),
        (
            pdf_file("The port authority inspected 412 vessels in 2025, says its report."),
            "application/octet-stream",
            "pdf",
        ),
        (docx_file("Twelve people were rescued."), WORD, "docx"),
        (b"Twelve people were rescued.", "text/plain", "text"),
    ],
)
def test_other_documents_at_an_address_are_read_too(site, body, content_type, kind):
    assert read_url(site.put("/a", body, content_type), allow=[site.place]).kind == kind


def test_a_page_without_an_article_is_refused_with_advice(site):
    url = site.put("/", "<html><body><nav><a href='/a'>A</a></nav></body></html>")

    with pytest.raises(Invalid, match=r"We found no article on that page.*Paste the text instead"):
        read_url(url, allow=[site.place])


def test_a_picture_is_refused_before_it_is_loaded(site):
    with pytest.raises(FetchError, match="gives image/jpeg"):
        read_url(site.put("/a.jpg", b"\xff\xd8\xff", "image/jpeg"), allow=[site.place])


def test_a_redirect_to_a_private_address_is_refused(site, other_site):
    url = site.send_on("/a", other_site.put("/secret", ARTICLE))

    with pytest.raises(AddressRefused):
        read_url(url, allow=[site.place])

    assert other_site.asked == []


def test_without_leave_nothing_on_this_machine_is_read(site):
    with pytest.raises(AddressRefused):
        read_url(site.put("/a", ARTICLE))

    assert site.asked == []
