"""Pieces into a standalone sentence, with the spans of what was added."""

from collections.abc import Mapping, Sequence

from claims.extraction.shapes import Piece, Span

Replacements = Mapping[Span, str]


def render(text: str, pieces: Sequence[Piece], replacements: Replacements) -> tuple[str, tuple[Span, ...]]:
    """The wording and its added spans. Capital first, one full stop last, single spaces between pieces."""
    parts: list[tuple[str, bool]] = []
    for piece in pieces:
        if piece.span is None:
            parts.append((piece.text, True))
        else:
            parts.extend(_replaced(text, piece.span, replacements))
    return _join(parts)


def _replaced(text: str, span: Span, replacements: Replacements) -> list[tuple[str, bool]]:
    start, end = span
    inside = sorted(s for s in replacements if start <= s[0] and s[1] <= end)
    parts: list[tuple[str, bool]] = []
    at = start
    for left, right in inside:
        if left < at:
            continue
        parts.append((text[at:left], False))
        parts.append((replacements[left, right], True))
        at = right
    parts.append((text[at:end], False))
    return parts


def _join(parts: Sequence[tuple[str, bool]]) -> tuple[str, tuple[Span, ...]]:
    out = ""
    added: list[Span] = []
    for given, new in parts:
        piece = _fitted(out, _squeeze(given))
        if not piece:
            continue
        start = len(out)
        out += piece
        if new:
            added.append((start + len(piece) - len(piece.lstrip()), len(out)))
    return _finish(out, added)


def _fitted(out: str, piece: str) -> str:
    """A piece with the space that it needs after what is there, and no other."""
    if not out:
        return piece.lstrip(" ,;:–—-")
    if out[-1].isspace():
        return piece.lstrip()
    if piece and not piece[0].isspace() and piece[0] not in ",.;:)’'”%?!" and out[-1] not in "(“‘$£€":
        return " " + piece
    return piece


def _squeeze(words: str) -> str:
    """Line breaks and runs of space become one space; space at the ends stays one space."""
    kept = " ".join(words.split())
    if words[:1].isspace() and kept:
        kept = " " + kept
    if words[-1:].isspace() and kept:
        kept += " "
    return kept


def _finish(out: str, added: list[Span]) -> tuple[str, tuple[Span, ...]]:
    body = out.rstrip(" ,;:–—-\t")
    if mark := _open_mark(body):
        cut = body.rfind(" [") if body.endswith("]") else len(body)
        kept = body[:cut].rstrip(".")
        shift = len(kept) + len(mark) - cut
        body = kept + mark + body[cut:]
        added = [(a + shift, b + shift) if a >= cut else (a, b) for a, b in added]
    if body and body[-1] not in ".!?…。！？" and body[-2:] not in (".”", ".’", "!”", "?”", '."', '?"', '!"'):
        body += "."
    if body[:1].islower():
        body = body[0].upper() + body[1:]
    return body, tuple((a, min(b, len(body))) for a, b in added if a < min(b, len(body)))


def _open_mark(body: str) -> str:
    """The quotation mark that is missing at the end of a wording, if one was opened and not closed."""
    if body.count("“") == body.count("”") + 1:
        return "”"
    last = body.rfind('"')
    opened = last >= 0 and body.count('"') % 2 == 1 and (last == 0 or body[last - 1] in " (")
    return '"' if opened else ""
