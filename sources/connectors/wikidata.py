"""Wikidata: what is stated of the names in a claim, as numbers, dates and names with their qualifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from re import compile as pattern
from typing import Any  # Any: JSON as Wikidata writes it

from common.fetch import FetchError
from common.text import words
from sources.connectors.base import JSON, Found, Get, Given, Limits, Question, asked, json_of, listed
from sources.connectors.mediawiki import granted

MOST_STATEMENTS = 120
POINT_IN_TIME = "P585"
LONGEST_NUMBER = 40  # characters: the mass of the sun in grams takes 34
_ITEM = pattern(r"Q[1-9][0-9]{0,11}")
_DAY = pattern(r"-?[0-9]{4,16}-[0-9]{2}-[0-9]{2}")


LIMITS = Limits(per_minute=60)


@dataclass(frozen=True)
class Wikidata:
    """`wbsearchentities` for each name, then `wbgetentities`, and the labels of what they refer to."""

    address: str = "https://www.wikidata.org/w/api.php"
    key: str = ""
    name: str = "wikidata"
    label: str = "Wikidata"
    needs_key: bool = False
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """One document for each of the claim's first names: its statements in sentences."""
        found: list[Found] = []
        for name in question.names[: self.limits.documents]:
            given: Given = {"action": "wbsearchentities", "search": name, "type": "item", "limit": 1}
            answer = self._ask(get, language=question.code, uselang=question.code, **given)
            hits = listed(answer, self.label, "search")
            item = str(hits[0].get("id")) if hits else ""
            if _ITEM.fullmatch(item) and (document := self._document(get, item, question.code)):
                found.append(document)
        return found

    def health(self, get: Get) -> None:
        """One small search."""
        self._ask(get, action="wbsearchentities", search="Earth", language="en", limit=1)

    def _document(self, get: Get, item: str, language: str) -> Found | None:
        entity = self._entities(get, [item], "labels|descriptions|claims|info", language).get(item)
        if not isinstance(entity, dict):
            return None
        facts = list(_facts(entity))[:MOST_STATEMENTS]
        referred = sorted({one for fact in facts for one in fact.refers})
        labels = self._labels(get, referred, language)
        name = _label(entity, "labels", language) or item
        about = _label(entity, "descriptions", language)
        lines = [f"{name}: {about}." if about else f"{name}."]
        lines += [fact.sentence(name, labels) for fact in facts if fact.about in labels]
        return Found(
            url=f"https://www.wikidata.org/wiki/{item}",
            title=f"{name} ({item})",
            text="\n\n".join(lines),
            publisher=self.label,
            kind="data",
            language=language,
        )

    def _labels(self, get: Get, ids: Sequence[str], language: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(ids), 50):  # as many as one request takes
            entities = self._entities(get, ids[start : start + 50], "labels", language)
            found |= {one: _label(entity, "labels", language) for one, entity in entities.items()}
        return {one: label for one, label in found.items() if label}

    def _entities(self, get: Get, ids: Sequence[str], props: str, language: str) -> dict[str, Any]:
        given: Given = {
            "action": "wbgetentities",
            "ids": "|".join(ids),
            "props": props,
            "languages": language,
        }
        found = self._ask(get, languagefallback=1, **given).get("entities")
        if not isinstance(found, dict):
            raise FetchError(f"{self.label} answered in a form that we do not know.", retry=True)
        return found

    def _ask(self, get: Get, **given: str | int) -> dict[str, Any]:
        return granted(
            json_of(get(asked(self.address, format="json", **given), JSON), self.label), self.label
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: a property, its value in words or the id of an item, and the day for which it holds."""

    about: str
    value: str
    item: str
    day: str

    @property
    def refers(self) -> tuple[str, ...]:
        """The ids whose labels it needs."""
        return (self.about, self.item) if self.item else (self.about,)

    def sentence(self, name: str, labels: Mapping[str, str]) -> str:
        """The statement in words."""
        value = labels.get(self.item, self.item) if self.item else self.value
        as_of = f" (as of {self.day})" if self.day else ""
        return f"{name}: {labels[self.about]} is {value}{as_of}."


def _facts(entity: dict[str, Any]) -> Iterator[Fact]:
    statements = entity.get("claims")
    for number, given in statements.items() if isinstance(statements, dict) else ():
        for statement in given if isinstance(given, list) else ():
            if not isinstance(statement, dict) or statement.get("rank") == "deprecated":
                continue
            value, item = _value(statement.get("mainsnak"))
            qualifiers = statement.get("qualifiers")
            dated = qualifiers.get(POINT_IN_TIME) if isinstance(qualifiers, dict) else None
            day, _ = _value(dated[0]) if isinstance(dated, list) and dated else ("", "")
            if value or item:
                yield Fact(str(number), value, item, day)


def _value(snak: object) -> tuple[str, str]:
    """A value in words, or the id of the item that it is: quantities, moments, items and single-language texts."""
    data = snak.get("datavalue") if isinstance(snak, dict) else None
    value = data.get("value") if isinstance(data, dict) else None
    if not isinstance(value, dict):
        return "", ""
    if isinstance(value.get("amount"), str):
        return _number(value["amount"]), ""
    if isinstance(value.get("time"), str):
        return _day(value["time"], value.get("precision")), ""
    if isinstance(value.get("id"), str) and _ITEM.fullmatch(value["id"]):
        return "", value["id"]
    return words(value.get("text")), ""


def _number(amount: str) -> str:
    whole = words(amount).lstrip("+")
    if len(whole) > LONGEST_NUMBER:
        return ""
    return f"{int(whole):,}" if whole.removeprefix("-").isdecimal() else whole


def _day(moment: str, precision: object) -> str:
    """2021-05-03, 2021-05 or 2021, as exact as it is known (11, 10 or 9 in Wikidata's scale)."""
    day = moment.lstrip("+").partition("T")[0]
    if not _DAY.fullmatch(day):
        return ""
    return {11: day, 10: day[:7], 9: day[:4]}.get(precision if isinstance(precision, int) else 0, "")


def _label(entity: object, kind: str, language: str) -> str:
    found = entity.get(kind) if isinstance(entity, dict) else None
    one = found.get(language) if isinstance(found, dict) else None
    return words(one.get("value")) if isinstance(one, dict) else ""
