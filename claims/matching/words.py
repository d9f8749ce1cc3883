"""Words as matching and stance see them: tokens with their place, stems, content words, names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each either few for from further had has have having
    he her here hers herself him himself his how i if in into is it its itself just me more most my myself nor of
    off on once only or other our ours out over own per quite said same say says she should so some such than that
    the their theirs them themselves then there these they this those through to too under until up upon us very was
    least including includes reportedly we were what when where which while who whom whose why will with would you
    your yours 's""".split()
)  # "not", "no" and "never" are left in: they carry the meaning of a claim.
# What the extractor adds to a wording that says too little by itself: "[bus attack, Tajikistan]".
TOPIC = re.compile(r"\s*\[[^\]]*\](?=[.!?”\"]*$)")
NAME_JOINERS = frozenset({"of", "the", "de", "la", "al", "bin", "van", "von", "and", "for"})
_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a text with its place in it."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def plain(text: str) -> str:
    """The text with typographic quotes, dashes and spaces made plain; keeps its length."""
    return text.translate(QUOTES)


def without_topic(text: str) -> str:
    """A wording without the topic that was added to it in brackets: what it says itself."""
    return TOPIC.sub("", text)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case word, accents folded."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    word = word.removesuffix("'s")
    return str(_stemmer.stemWord(word.replace("'", "")))


@lru_cache(maxsize=2_048)
def words(text: str) -> tuple[Word, ...]:
    """All tokens in order; U.S. is one token, the possessive stays with its word."""
    flat = plain(text)
    return tuple(
        Word(text=m.group(), lower=m.group().lower().replace(".", "") if m.group()[:1].isalpha() else m.group(),
             start=m.start(), end=m.end())
        for m in TOKEN.finditer(flat)
    )  # fmt: skip


@lru_cache(maxsize=2_048)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the content words in order, numbers without their thousands marks."""
    return tuple(
        stem(word.lower) if not word.lower[0].isdigit() else word.lower.replace(",", "")
        for word in words(text)
        if word.lower not in STOP_WORDS
    )


def starts_sentence(text: str, position: int) -> bool:
    """Whether a sentence begins at this place, so that a capital letter says nothing."""
    before = text[:position].rstrip(" \"'(“‘[")
    return not before or before[-1] in ".!?:\n"


@lru_cache(maxsize=2_048)
def names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, lower-cased, joiners kept inside: "state department", "bank of england"."""
    found: list[str] = []
    run: list[Word] = []
    for word in (*words(text), None):
        if word is not None and _continues(text, run, word):
            run.append(word)
            continue
        found.extend(_closed(text, run))
        run = [word] if word is not None and word.is_capital else []
    return tuple(found)


def _continues(text: str, run: list[Word], word: Word) -> bool:
    if not run or set(text[run[-1].end : word.start]) - {" ", "-"}:
        return False
    return word.is_capital or word.lower in NAME_JOINERS


def _closed(text: str, run: list[Word]) -> list[str]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    if run and starts_sentence(text, run[0].start) and (len(run) == 1 or run[0].lower in STOP_WORDS):
        run = run[1:] if run[0].lower in STOP_WORDS else run
        while run and not run[0].is_capital:
            run = run[1:]
    name = " ".join(word.lower.removesuffix("'s") for word in run)
    return [name] if name and name not in STOP_WORDS else []
