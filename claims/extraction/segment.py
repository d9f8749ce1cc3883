"""Stage 1: the text into blocks (headline, dateline, byline, caption, list item, paragraph) and sentences."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from operator import attrgetter

from claims.extraction.shapes import Block, BlockKind, Sentence, Span
from claims.extraction.wordlist import words

LONGEST = 1200  # characters; a longer "sentence" is cut, so that parsing stays linear in the length

BULLET = re.compile(r"(?:[•·▪‣◦●■*–—-]|\(?\d{1,2}[.)]|[a-z]\))[ \t]+")
BYLINE = re.compile(r"(?:By|Reporting by|Written by|Words by|Text by)\s+[A-ZÀ-Þ][^.!?]{1,110}$")
PLACE_LINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]+(?:,[^.!?—–]{2,40}){0,2},?\s*(?:\d{1,2}[.:]\d\d\s*(?:[ap]\.?m\.?)?)?(?:\s[A-Z]{2,4})?$"
)
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
    r"(?:,\s[^—–\n.!?]{2,40}?\.?[^—–\n.!?]{0,20})?(?:\s\([^)\n]{2,30}\))?\s*(?:—|–|--|-)\s+"
)
PLACE_OPENS = re.compile(  # 'London – The regulator has …'
    r"[A-ZÀ-Þ][\w.'’-]+(?:[ /][A-ZÀ-Þ][\w.'’-]+){0,2}(?:,\s[^—–\n.!?]{2,40})?(?:\s\([^)\n]{2,30}\))?\s[—–]\s(?=[A-ZÀ-Þ“\"])"
)
CLOCK = re.compile(
    r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s(?:GMT|UTC|BST|CES?T|EES?T|E[SD]?T|C[SD]T|P[SD]?T|IST|WIB))?\s*[:|–—-]?\s+"
    r"(?=[\"“‘]?[A-ZÀ-Þ])"
)
CAPTION = re.compile(
    r"(?:\(?(?:File )?(?:photo(?:graph)?|image|picture|caption|illustration|graphic|video|credit)s?\b\s*(?:by|:|credit))"
    r"|.{0,200}(?:\((?:file )?photo|/(?:AP|AFP|Reuters|Getty))",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(?:we (?:will|'ll|’ll) (?:update|be updating)|this (?:is a (?:breaking|developing)|story|article|page|post)\b.{0,40}"
    r"(?:updated|corrected|amended|developing)|more (?:to follow|details soon)|sign up|subscribe|read more|see also|"
    r"follow us|click here|share this|related:|also read|watch:|listen:|copyright|©|all rights reserved|"
    r"(?:additional )?(?:reporting|editing|writing) by|the .{2,40} contributed to this report|"
    r"do you have (?:a tip|more information)|contact (?:us|the (?:author|reporter)))",
    re.IGNORECASE,
)
END = re.compile(r"(?:[.!?…]+|[。！？।؟۔])[\"'”’»›)\]」』]*(?=\s|$)|[。！？](?![\"”’»」』)])")
OPENERS = "\"'“‘«‹„([「『¿¡*_ "
NEVER = words(
    "mr mrs ms mx dr prof rev fr sr sra gen col maj capt lt sgt cpl adm cmdr gov sen rep hon pres "
    "insp supt det st ste mt ft vs v cf eg e.g ie i.e viz approx fig figs vol nos pp ed eds dept univ "
    "assn est cllr sir messrs mme mlle amb sec atty lieut brig tel ext ca al"
)
MAYBE = words(
    "u.s u.k u.n e.u u.a.e d.c a.m p.m inc ltd co corp llc plc jr sr etc bros ave blvd rd sq jan feb "
    "mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun ph.d b.a "
    "m.a m.d s.a n.y l.a no"
)
STARTERS = words(
    "the a an in on at by for from with as it its he she they we i you his her their our my this that "
    "these those there but and or so yet if when while after before since although though because "
    "however meanwhile both no not some many most few one two three what who why how where asked "
    "according last earlier later under over about"
)
SPEAKS = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]+\s){1,4}(?:said|says|asked|asks|told|shouted|cried|wrote|added|replied|tweeted|posted|insisted|"
    r"joked|recalled)\b"
)
LIST_NUMBER = re.compile(r"\(?\d{1,2}[.)]$|[a-zA-Z][.)]$")


def blocks(text: str, title: str = "") -> list[Block]:
    """The blocks of a text, in order; white space between them belongs to none."""
    found: list[Block] = []
    for start, end in _paragraphs(text):
        found.append(Block(start, end, _kind(text[start:end], title, first=not found)))
    return found


def sentences(text: str, parts: list[Block], labels: Mapping[int, int] | None = None) -> list[Sentence]:
    """The sentences of every block. `labels` gives the length of what names the speaker before a block, if anything does."""
    found: list[Sentence] = []
    for number, block in enumerate(parts):
        start = block.start + (
            (labels or {}).get(number, 0)
            or _prefix(text[block.start : min(block.end, block.start + 160)], block.kind)
        )
        for left, right in split(text[start : block.end]):
            cuts = _cut(text, start + left, start + right)
            found.extend(Sentence(a, b, number, block.kind, len(cuts) == 1) for a, b in cuts)
    return found


def split(paragraph: str) -> list[Span]:
    """The sentence spans of one paragraph, without the space around them."""
    spans: list[Span] = []
    start = 0
    for mark in END.finditer(paragraph):
        if mark.end() < len(paragraph) and not _ends(paragraph, start, mark):
            continue
        spans.append((start, mark.end()))
        start = mark.end()
    spans.append((start, len(paragraph)))
    trimmed = (_trim(paragraph, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if a < b]


def _paragraphs(text: str) -> list[Span]:
    spans: list[Span] = []
    start, end, last = -1, -1, ""
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        left = at + (len(line) - len(line.lstrip())) if bare else at
        if start >= 0 and (not bare or not _continues(last, bare)):
            spans.append((start, end))
            start = -1
        if bare:
            start = left if start < 0 else start
            end = left + len(bare)
        last = bare
        at += len(line)
    if start >= 0:
        spans.append((start, end))
    return spans


def _continues(last: str, line: str) -> bool:
    """Whether a line goes on with the paragraph of the line before (hard-wrapped text)."""
    if BULLET.match(line):
        return False
    if line[0].islower():
        return True
    return 55 <= len(last) <= 100 and last[-1] not in '.!?:”"’…' and not last.isupper()


def _kind(block: str, title: str, *, first: bool) -> BlockKind:
    short = len(block) <= 140 and "\n" not in block
    if BULLET.match(block):
        return "item"
    if short and BYLINE.match(block):
        return "byline"
    if short and PLACE_LINE.match(block) and any(c.isdigit() for c in block):
        return "dateline"
    if len(block) <= 400 and CAPTION.match(block):
        return "caption"
    if len(block) <= 300 and NOTICE.match(block):
        return "notice"
    if title and block.strip(" .").casefold() == title.strip(" .").casefold():
        return "headline"
    if short and block[-1] not in '.!…:;,”"’)]。！।' and len(block.split()) <= 16:
        if block[-1] == "?" and len(block.split()) > 9:
            return "paragraph"
        return "headline" if first and block[-1] != "?" and len(block) > 25 else "heading"
    return "paragraph"


def _prefix(opening: str, kind: BlockKind) -> int:
    """How many characters of a block stand before its first sentence (bullet, time of day, dateline)."""
    if kind == "item" and (mark := BULLET.match(opening)):
        return mark.end()
    if kind == "paragraph" and (mark := CLOCK.match(opening)):
        return mark.end()
    if (
        kind == "paragraph"
        and (mark := DATELINE.match(opening))
        and sum(c.isupper() for c in mark.group()) > 3
    ):
        return mark.end()
    return mark.end() if kind == "paragraph" and (mark := PLACE_OPENS.match(opening)) else 0


def _ends(paragraph: str, start: int, mark: re.Match[str]) -> bool:
    """Whether the stop that `mark` found ends the sentence that began at `start`."""
    if mark.group()[0] in "。！？।؟۔":
        return True
    rest = paragraph[mark.end() : mark.end() + 80].lstrip()
    follows = rest.lstrip(OPENERS)
    if not follows:
        return not rest or rest[0] not in ")]"
    if follows[0].islower():
        return False
    closed = mark.group()[-1] in "\"”’»'"
    if closed and SPEAKS.match(follows):
        return False
    if mark.group()[0] != "." or mark.group().startswith(".."):
        return True
    return _stop_ends(paragraph[max(start, mark.start() - LONGEST) : mark.start()], follows, rest)


def _stop_ends(before: str, follows: str, rest: str) -> bool:
    """Whether a full stop after `before` ends a sentence, or only an abbreviation."""
    word = before[before.rfind(" ") + 1 :].lstrip(OPENERS)
    word = word[word.rfind("\n") + 1 :]
    if not before.strip() or LIST_NUMBER.fullmatch(before.strip() + "."):
        return False
    low = word.casefold()
    following = re.match(r"[\w’']+", follows)
    head = following.group().casefold() if following else ""
    if low in NEVER:
        return head in ("the", "he", "she", "they") and low in ("al", "st")
    if len(word) == 1 and word.isalpha() and word.isupper():
        return (head in STARTERS and word != "I") or word == "I"
    if low in MAYBE or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        if low == "no" and not follows[0].isdigit():
            return True
        return head in STARTERS or (low in ("a.m", "p.m") and rest[0] in '“"‘')
    return True


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Cut what is too long at the last good place before the limit."""
    pieces: list[Span] = []
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        place = max(window.rfind(mark) + len(mark) for mark in ("; ", "\n", " – ", " — "))
        if place < LONGEST // 3:
            place = window.rfind(" ") + 1
        if place < LONGEST // 3:
            place = LONGEST
        piece = _trim(text, start, start + place)
        if piece[0] < piece[1]:
            pieces.append(piece)
        start += place
    piece = _trim(text, start, end)
    return [*pieces, piece] if piece[0] < piece[1] else pieces


def sentence_at(found: list[Sentence], place: int) -> int:
    """The number of the sentence that holds a character, or of the next one."""
    return min(bisect_left(found, place + 1, key=attrgetter("end")), len(found) - 1)
