"""What a person wrote in a small Markdown, as safe HTML, with its [E1] as links. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any  # markdown-it hands its options and environment over untyped.

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

REF = re.compile(r"\[(E\d{1,4})\]")
TAGS = frozenset(("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "sup"))
ATTRIBUTES = {"a": {"href", "class", "aria-label"}, "sup": {"class"}}


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a [E1] leads: the address, what stands there to read, and its name for those who hear it."""

    href: str
    label: str
    name: str


def to_html(text: str, cites: Mapping[str, Cite]) -> str:
    """Safe HTML of a rationale: paragraphs, lists, emphasis, quotes and links; raw HTML stays text.

    A reference that `cites` does not know stays as it was typed.
    """
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.children:
            token.children = list(_with_cites(token.children, cites))
    return nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https"},
        link_rel="noopener nofollow",
    )


def to_text(text: str, cites: Mapping[str, Cite]) -> str:
    """The same without markup, a paragraph or list item to each block, its references as [1]."""
    blocks = (
        "".join(_plain(child) for child in _with_cites(token.children, cites))
        for token in _MARKDOWN.parse(text)
        if token.children
    )
    return "\n\n".join(blocks)


def _plain(token: Token) -> str:
    if token.type == "cite":
        return f" [{token.meta['cite'].label}]"
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def references(text: str) -> list[str]:
    """The references of a text in the order in which they first appear: "E2", "E1"."""
    return list(dict.fromkeys(REF.findall(text)))


def _with_cites(tokens: Sequence[Token], cites: Mapping[str, Cite]) -> Iterable[Token]:
    inside_link = 0
    for token in tokens:
        inside_link += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or inside_link:
            yield token
            continue
        pieces = REF.split(token.content)  # text, reference, text, reference, …, text
        for at, piece in enumerate(pieces):
            known = cites.get(piece) if at % 2 else None
            if known is not None:
                yield Token("cite", "", 0, meta={"cite": known})
            elif at % 2:
                yield Token("text", "", 0, content=f"[{piece}]")
            elif piece:  # a raised number stands at its word, without the space that was typed before it
                before_cite = at + 1 < len(pieces) and pieces[at + 1] in cites
                yield Token("text", "", 0, content=piece.rstrip(" ") if before_cite else piece)


def _cite(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    cite: Cite = tokens[at].meta["cite"]
    return (
        f'<sup class="cite"><a href="{escape(cite.href)}" aria-label="{escape(cite.name)}">'
        f"{escape(cite.label)}</a></sup>"
    )


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    [
        "heading",
        "lheading",
        "hr",
        "code",
        "fence",
        "html_block",
        "reference",
        "html_inline",
        "image",
        "backticks",
    ]
)
_MARKDOWN.add_render_rule("cite", _cite)
