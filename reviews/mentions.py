"""Whom a text names with @: by user name, by full name, or by a first name that only one person here has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Named:
    """The people named, each once; and the words after an @ that name nobody, or more than one person."""

    people: list[User]
    nobody: list[str]


def names(people: Iterable[User]) -> dict[str, User]:
    """Every way to name exactly one of these people, in lower case. A user name is stronger than any name."""
    everyone = list(people)
    called = [(_plain(name), one) for one in everyone for name in {one.first_name, one.get_full_name()}]
    how_many = Counter(name for name, _one in called)
    alone = {name: one for name, one in called if name and how_many[name] == 1}
    return alone | {_plain(one.username): one for one in everyone}


def named(text: str, known: Mapping[str, User]) -> Named:
    """Read a text: the longest name that fits counts. `known` is what `names` gives."""
    ways = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(known, key=len, reverse=True))
    people: dict[int, User] = {}
    nobody: dict[str, None] = {}
    mention = rf"(?<!\w)@(?:({ways or '(?!)'})(?![.+-]?\w)|([\w.+-]*\w))"
    for name, word in re.findall(mention, text, re.IGNORECASE):
        person = known.get(_plain(name))
        if person:
            people[person.pk] = person
        else:
            nobody[name or word] = None
    return Named(list(people.values()), list(nobody))


def handle(person: User, known: Mapping[str, User]) -> str:
    """How to name a person after an @: by the name that pages show, where it is theirs alone."""
    return person.name if known.get(_plain(person.name)) == person else person.username


def _plain(name: str) -> str:
    return " ".join(name.split()).lower()
