"""Documents made on the spot, as the programs of the world make them."""

import io
import zipfile
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

ARTICLE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Ferry capsizes off Lindøya, twelve rescued | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Maja Berg">
<meta property="article:published_time" content="2026-05-04T07:30:00+02:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Ferry capsizes off Lindøya, twelve rescued</h1>
<p>A passenger ferry with 14 people on board capsized on Monday morning
near the island of Lindøya, the coast guard said.</p>
<p>Twelve passengers were taken out of the water within half an hour. Two men are <b>still missing</b>.</p>
<h2>Second accident this year</h2>
<p>The operator said that the boat had passed its inspection in March. “There is no sign of a technical
fault,” its director told reporters.</p>
<blockquote><p>We will not speculate before the divers are back.</p></blockquote>
<ul><li>Rescued: 12</li><li>Missing: 2</li></ul>
<table><tr><th>Year</th><th>Accidents</th></tr><tr><td>2025</td><td>3</td></tr></table>
<p>The harbour office<br>Quay 4</p>
</article><aside><h3>Most read</h3><ul><li><a href="/a">Ten ways to cook cod</a></li></ul></aside>
<footer><p>© 2026 The Harbour Post. All rights reserved.</p></footer></body></html>"""

ARTICLE_TEXT = """Ferry capsizes off Lindøya, twelve rescued

A passenger ferry with 14 people on board capsized on Monday morning near the island of Lindøya, the coast guard said.

Twelve passengers were taken out of the water within half an hour. Two men are still missing.

Second accident this year

The operator said that the boat had passed its inspection in March. “There is no sign of a technical fault,” its \
director told reporters.

We will not speculate before the divers are back.

Rescued: 12

Missing: 2

Year | Accidents

2025 | 3

The harbour office
Quay 4"""


def pdf_file(*pages: str, title: str = "", password: str | None = None) -> bytes:
    """A PDF with one printed line for each line of each page."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(_printed(lines.splitlines()))
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _printed(lines: list[str]) -> bytes:
    shown = ["BT /F1 11 Tf 14 TL 60 780 Td"]
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"({escaped}) Tj T*")
    return ("\n".join(shown) + "\nET").encode("cp1252")


def docx_file(*paragraphs: str, body: str = "", main: str = "word/document.xml", **parts: bytes) -> bytes:
    """A Word document with these paragraphs, or with `body` as its XML."""
    body = body or "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{kind}"/></Types>',
        )
        package.writestr(
            main,
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
        )
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()
