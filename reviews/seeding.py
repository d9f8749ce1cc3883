"""Load a newsroom from readable files: people, ratings, sources, articles, and some finished work."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from accounts.models import User
from accounts.roles import Role
from claims.actions import editing, intake
from claims.lifecycle import Status
from claims.models import Article, Claim
from common.errors import Conflict
from common.text import normalise
from reviews.actions import decisions, figures, publishing, verdicts, work
from reviews.models import Rating
from sources import actions as sources
from sources import grading, judging
from sources.models import Evidence, Figure, Publisher, Source

FENCE = "+++"


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much was loaded."""

    people: int
    ratings: int
    sources: int
    articles: int
    verdicts: int


def load(folder: Path, *, password: str | None, say: Callable[[str], None]) -> Seeded:
    """Load what is not there yet; what is there stays as it is. Without a `password` nobody can log in with one."""
    people = _people(folder / "people.toml", password)
    ratings = _ratings(folder / "ratings.toml")
    librarian = User.objects.get(username="editor")
    say(f"{people} people and {ratings} ratings")
    _publishers(folder / "publishers.toml", librarian)
    library, articles = load_texts(folder, librarian=librarian, reporter=User.objects.get(username="checker"))
    say(f"{len(library)} source documents")
    say(f"{len(articles)} articles")
    history = tomllib.loads((folder / "history.toml").read_text(encoding="utf-8")).get("entry", [])
    done = sum(_play(entry, articles[entry["article"]], library) for entry in history)
    say(f"{done} verdicts from the desk's past")
    return Seeded(people, ratings, len(library), len(articles), done)


def load_texts(
    folder: Path, *, librarian: User, reporter: User
) -> tuple[dict[str, Source], dict[str, Article]]:
    """Load the source documents and the articles of a folder alone; each by the name of its file."""
    return (
        {path.stem: _source(path, librarian) for path in sorted((folder / "sources").glob("*.md"))},
        {path.stem: _article(path, reporter) for path in sorted((folder / "articles").glob("*.md"))},
    )


def read(path: Path) -> tuple[dict[str, Any], str]:
    """The TOML header and the text of a seed file. Raises ValueError when it has no header."""
    first, header, text = path.read_text(encoding="utf-8").split(FENCE, 2)
    if first.strip():
        raise ValueError(f"{path.name} does not begin with {FENCE}")
    return tomllib.loads(header), text.strip()


def _people(path: Path, password: str | None) -> int:
    for row in _rows(path, "person"):
        first, _, last = row["name"].partition(" ")
        user, made = User.objects.get_or_create(
            username=row["username"],
            defaults={
                "first_name": first,
                "last_name": last,
                "email": row["email"],
                "role": Role[row["role"].upper()],
                "is_staff": row["role"] == "admin",
                "is_superuser": row["role"] == "admin",
            },
        )
        if made:
            user.set_password(password)
            user.save(update_fields=["password"])
    return User.objects.count()


def _ratings(path: Path) -> int:
    for position, row in enumerate(_rows(path, "rating"), start=1):
        Rating.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "label": row["label"],
                "meaning": row.get("meaning", ""),
                "number": row.get("number"),
                "position": row.get("position", position),
                "publishable": row.get("published", True),
                "needs_two_origins": row.get("two_origins", False),
            },
        )
    return Rating.objects.count()


def _publishers(path: Path, by: User) -> None:
    for row in _rows(path, "publisher") if path.exists() else ():
        if not Publisher.objects.filter(key=grading.key(row["name"])).exists():
            grading.set_default(
                by=by,
                publisher=row["name"],
                version=0,
                reliability=row["reliability"],
                credibility=row["credibility"],
                reason=row["reason"],
            )


def _source(path: Path, by: User) -> Source:
    about, text = read(path)
    known = Source.objects.filter(url=about["url"]).first()
    return known or sources.add_source(
        by=by,
        text=text,
        about=sources.About(
            title=about["title"],
            publisher=about["publisher"],
            author=about.get("author", ""),
            kind=about["kind"],
            url=about["url"],
            language=about["language"],
            published_at=_moment(about["published_at"]),
            reliability=about.get("reliability", ""),
            credibility=about.get("credibility"),
            origin="" if about.get("origin") == about["publisher"] else about.get("origin", ""),
        ),
    )


def _article(path: Path, by: User) -> Article:
    about, text = read(path)
    submitted = intake.submit_article(
        by=by,
        text=text,
        about=intake.About(
            title=about["title"],
            outlet=about["outlet"],
            byline=about.get("byline", ""),
            url=about.get("url", ""),
            language=about["language"],
            published_at=_moment(about["published_at"]),
            channel=Article.Channel.SEED,
        ),
    )
    return submitted.article


def _play(entry: dict[str, Any], article: Article, library: dict[str, Source]) -> bool:
    """Play one piece of past work through the same actions that people use.

    A worker may run beside it: what the machine found first is taken over. What a load that was cut off had begun is
    finished. False when it was played before, or people have gone on with the claim since.
    """
    author = User.objects.get(username=entry["author"])
    claim = _claim(entry, article, by=author)
    if claim.verdicts.exists() or not _is_open_to(claim, author):
        return False
    shown = [_evidence(claim, item, library, by=author) for item in entry["evidence"]]
    refs = {f"E{nth}": item.ref for nth, item in enumerate(shown, start=1)}
    _number(claim, entry, shown, by=author)
    entry = {**entry, "rationale": _renumbered(entry["rationale"], refs)}
    if claim.status == Status.NEW:
        claim = work.accept(claim.pk, by=author, version=_version(claim))
    if claim.status == Status.OPEN:
        work.take(claim.pk, by=author, version=_version(claim))
    _decide(claim, entry, public=entry.get("published", True))
    if correction := entry.get("correction"):
        correction = {**correction, "rationale": _renumbered(correction["rationale"], refs)}
        editor = User.objects.get(username=correction["approver"])
        publishing.correct(claim.pk, by=editor, version=_version(claim), reason=correction["note"])
        to = User.objects.get(username=correction["author"])
        work.assign(claim.pk, by=editor, version=_version(claim), to=to)
        _decide(claim, {**entry, **correction}, note=correction["note"])
    return True


def _claim(entry: dict[str, Any], article: Article, *, by: User) -> Claim:
    """The claim of an entry: made, or the one that stands on its words already, in the entry's wording."""
    wording, told = entry["wording"], {"type": entry.get("type", ""), "claimant": entry.get("claimant", "")}
    known = Claim.objects.filter(revision__article=article, text=wording).order_by("pk").first()
    if known:
        return known
    try:
        return editing.add_claim(
            article.pk, by=by, selection=editing.Selection(normalise(entry["quote"])), text=wording, **told
        )
    except Conflict as error:
        found = Claim.objects.get(pk=_id_there(error))
        if not _is_open_to(found, by):
            return found
        return editing.reword(found.pk, by=by, version=found.version, text=wording, **told)


def _is_open_to(claim: Claim, author: User) -> bool:
    """Whether nobody but the author of its entry has worked on it."""
    return claim.status in (Status.NEW, Status.OPEN) or (
        claim.status == Status.IN_PROGRESS and claim.assignee_id == author.pk
    )


def _evidence(claim: Claim, item: dict[str, Any], library: dict[str, Source], *, by: User) -> Evidence:
    """A passage that an entry cites: attached, or judged as the entry does where it is attached already."""
    snapshot, quote = library[item["source"]].snapshots.get(), normalise(item["quote"])
    try:
        return sources.attach_evidence(
            claim.pk, by=by, snapshot_id=snapshot.pk, quote=quote, stance=item["stance"]
        )
    except Conflict as error:
        return judging.judge(_id_there(error), by=by, stance=item["stance"])


def _number(claim: Claim, entry: dict[str, Any], shown: Sequence[Evidence], *, by: User) -> None:
    """What the claim's number is, and what it was at other times. What a load that was cut off had begun stays."""
    number = entry.get("number")
    if number is None:
        return
    if not claim.figures.filter(stated=True, state=Figure.State.ACCEPTED, added_by=by).exists():
        figures.state(claim.pk, by=by, version=_version(claim), given=_given(number))
    for row in entry.get("figure", []):
        place = row.get("shown_by")
        given = replace(_given(row), evidence=shown[place - 1].pk if place else None)
        try:
            figures.add(claim.pk, by=by, given=given)
        except Conflict as error:
            _id_there(error)


def _given(row: dict[str, Any]) -> figures.Given:
    """A value as its file gives it."""
    texts = {
        name: row[name]
        for name in ("unit", "scope", "according_to", "as_of", "at", "bound", "reason")
        if name in row
    }
    upper = row.get("upper")
    return figures.Given(
        value=Decimal(str(row["value"])), upper=None if upper is None else Decimal(str(upper)), **texts
    )


def _id_there(error: Conflict) -> int:
    """The id of what is there already. Raises the conflict when it is of another kind."""
    found = error.current.get("id")
    if not isinstance(found, int):
        raise error
    return found


def _renumbered(rationale: str, refs: dict[str, str]) -> str:
    """[E1] means the entry's first evidence, whatever number the desk has given it."""
    return re.sub(r"\[(E\d+)\]", lambda ref: f"[{refs.get(ref[1], ref[1])}]", rationale)


def _decide(claim: Claim, entry: dict[str, Any], *, public: bool = True, note: str = "") -> None:
    author, approver = (User.objects.get(username=entry[role]) for role in ("author", "approver"))
    proposed = verdicts.Proposed(
        rating=entry["rating"],
        summary=entry.get("summary", ""),
        rationale=entry["rationale"].strip(),
        as_of=entry.get("as_of"),
        single_source=entry.get("single_source", ""),
    )
    verdicts.submit(claim.pk, by=author, version=_version(claim), proposed=proposed)
    decisions.approve(claim.pk, by=approver, version=_version(claim))
    if public:
        publishing.publish(claim.pk, by=approver, version=_version(claim), note=note)


def _version(claim: Claim) -> int:
    return Claim.objects.values_list("version", flat=True).get(pk=claim.pk)


def _rows(path: Path, name: str) -> Iterator[dict[str, Any]]:
    yield from tomllib.loads(path.read_text(encoding="utf-8"))[name]


def _moment(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)
