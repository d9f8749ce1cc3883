"""Take articles in: pasted, uploaded, fetched, or sent by a program."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import anchoring, events, workflow
from claims.intake.documents import Document, read_document
from claims.intake.language import detect
from claims.lifecycle import Anchor
from claims.models import Article, Claim, Revision
from common import locks
from common.errors import Conflict, Invalid, NotFound
from common.text import normalise, sha256
from jobs import queue

TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Submitted:
    """An article, its newest revision (None while its page is being fetched), and whether it is new to the desk."""

    article: Article
    revision: Revision | None
    made: bool


@dataclass(frozen=True, slots=True)
class Revised:
    """What a new text did to an article's claims. `revision` is None when nothing had changed."""

    revision: Revision | None
    unchanged: list[Claim] = field(default_factory=list)
    reworded: list[Claim] = field(default_factory=list)
    orphaned: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article beside its text."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    published_at: datetime | None = None
    channel: str = Article.Channel.PASTE


def submit_article(
    *, by: User, text: str = "", about: About | None = None, idempotency_key: str = ""
) -> Submitted:
    """Take in an article and let the pipeline read it. Without a text, its `url` is fetched first.

    The same text or the same address again gives the article that the desk has. Raises Forbidden, Invalid for a
    text that is empty, too long or holds a NUL, Conflict when the key was used for something else.
    """
    workflow.require_role(by, Role.FACT_CHECKER)
    about = about or About()
    if not text.strip() and not about.url:
        raise Invalid(_("The article has no text. Paste it, give its address or choose a file."))
    text = normalise(text) if text.strip() else ""
    asked = _request_digest(text, about)
    with transaction.atomic(durable=True):
        _hold_names(text=text, url=about.url, key=f"{by.pk}:{idempotency_key}" if idempotency_key else "")
        if idempotency_key and (earlier := _earlier_call(by, idempotency_key)):
            if earlier.request_digest != asked:
                raise Conflict(
                    _("This Idempotency-Key was used for another article."), current={"id": earlier.pk}
                )
            return Submitted(earlier, newest_revision(earlier), made=False)
        if known := _known(text, about.url):
            return Submitted(known, newest_revision(known), made=False)
        article = Article.objects.create(
            title=about.title[:TITLE_LENGTH] or _first_line(text),
            outlet=about.outlet[:200],
            byline=about.byline[:200],
            url=about.url,
            language=about.language or (detect(text) if text else "und"),
            published_at=about.published_at,
            channel=about.channel,
            submitted_by=by,
            idempotency_key=idempotency_key[:200],
            request_digest=asked if idempotency_key else "",
        )
        revision = _first_revision(article, text) if text else None
        if revision is None:
            queue.enqueue("claims.fetch", article.pk, group=article.group)
        ledger.record(
            by, "article.submitted", "article", article.pk, channel=about.channel, sha256=sha256(text)
        )
    return Submitted(article, revision, made=True)


def submit_file(
    *, by: User, name: str, data: bytes, content_type: str = "", about: About | None = None
) -> Submitted:
    """Read an uploaded document and take it in. Raises Invalid when it cannot be read, saying what to do."""
    workflow.require_role(by, Role.FACT_CHECKER)
    document = read_document(name, data, content_type=content_type)
    return submit_article(
        by=by, text=document.text, about=completed(about or About(), document, Article.Channel.FILE)
    )


def completed(about: About, document: Document, channel: str) -> About:
    """What a person said of an article, completed by what its document tells of itself."""
    return About(
        title=about.title or document.title,
        outlet=about.outlet,
        byline=about.byline or document.byline,
        url=about.url,
        language=about.language or document.language,
        published_at=about.published_at or document.published_at,
        channel=channel,
    )


def fetch_again(article_id: int, *, by: User) -> Article:
    """Let the article's page be captured once more; a changed text becomes a new revision."""
    workflow.require_role(by, Role.FACT_CHECKER)
    with transaction.atomic(durable=True):
        article = locked_article(article_id)
        if not article.url:
            raise Invalid(_("This article has no address to fetch. Paste its new text instead."))
        queue.enqueue("claims.fetch", article.pk, group=article.group, again=True)
        ledger.record(by, "article.fetch_asked", "article", article.pk)
    return article


def revise_article(article_id: int, *, by: User, text: str) -> Revised:
    """Keep a changed text as a new revision; claims whose words are still there move along, the others are marked.

    Raises Invalid for a text that cannot be taken. The same text again changes nothing.
    """
    workflow.require_role(by, Role.FACT_CHECKER)
    text = normalise(text)
    with transaction.atomic(durable=True):
        return revise(locked_article(article_id), text, by=by)


def revise(article: Article, text: str, *, by: User | None) -> Revised:
    """The part of a revision that page, API and pipeline share. The caller holds the article's row."""
    if article.revisions.filter(text_sha256=sha256(text)).exists():
        return Revised(None)
    before = newest_revision(article)
    if before is None:
        return Revised(_first_revision(article, text))
    revision = Revision.objects.create(
        article=article, number=before.number + 1, text=text, text_sha256=sha256(text)
    )
    result = Revised(revision)
    for claim in (
        Claim.objects.select_for_update(of=("self",)).filter(revision__article=article).order_by("pk")
    ):
        {
            Anchor.ANCHORED: result.unchanged,
            Anchor.REWORDED: result.reworded,
            Anchor.ORPHANED: result.orphaned,
        }[_follow(claim, revision)].append(claim)
    queue.enqueue("claims.extract", revision.pk, group=article.group)
    events.tell_each(
        by, "claim.moved", [(claim, {"revision": revision.number}) for claim in result.unchanged]
    )
    lost = [*result.reworded, *result.orphaned]
    events.tell_each(by, "claim.unanchored", [(claim, {"anchor": claim.anchor}) for claim in lost])
    ledger.record(by, "article.revised", "article", article.pk, revision=revision.number)
    return result


def newest_revision(article: Article) -> Revision | None:
    """The text that the article has now."""
    return article.revisions.order_by("-number").first()


def locked_article(article_id: int) -> Article:
    """Fetch an article and hold its row. Raises NotFound."""
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None:
        raise NotFound(_("There is no such article."))
    return article


def _follow(claim: Claim, revision: Revision) -> Anchor:
    old = anchoring.Place(claim.start, claim.end, claim.quote, claim.prefix, claim.suffix)
    found = anchoring.follow(old, revision.text)
    if found.anchor == Anchor.ANCHORED and found.place:
        taken = Claim.objects.filter(revision=revision, start=found.place.start, end=found.place.end).count()
        claim.change(
            revision=revision,
            start=found.place.start,
            end=found.place.end,
            nth=taken,
            prefix=found.place.prefix,
            suffix=found.place.suffix,
            anchor=Anchor.ANCHORED,
        )
    else:
        proposed = [found.place.start, found.place.end] if found.place else None
        claim.change(anchor=found.anchor, details={**claim.details, "proposed": proposed})
    return found.anchor


def _first_revision(article: Article, text: str) -> Revision:
    revision = Revision.objects.create(article=article, number=1, text=text, text_sha256=sha256(text))
    queue.enqueue("claims.extract", revision.pk, group=article.group)
    return revision


def hold_text(text: str) -> None:
    """Let nobody else take this text in until the transaction ends: of two at once the second finds the first."""
    _hold_names(text=text)


def _hold_names(*, text: str, url: str = "", key: str = "") -> None:
    names = {"article text": text and sha256(text), "article address": url, "article key": key}
    locks.hold(*(f"{kind}:{name}" for kind, name in names.items() if name))


def _earlier_call(by: User, key: str) -> Article | None:
    return Article.objects.select_for_update().filter(submitted_by=by, idempotency_key=key[:200]).first()


def _known(text: str, url: str) -> Article | None:
    if text:
        newest = (
            Revision.objects.filter(text_sha256=sha256(text)).select_related("article").order_by("pk").first()
        )
        return newest.article if newest else None
    return Article.objects.filter(url=url).order_by("pk").first()


def _request_digest(text: str, about: About) -> str:
    asked = [text, about.title, about.outlet, about.url, about.language, str(about.published_at or "")]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _first_line(text: str) -> str:
    """What to call a text without a headline. A sentence ends in dots: as the headline itself it would be no claim."""
    line = text.partition("\n")[0].strip()
    if not line:
        return ""  # it is not read yet: its address is its name until then
    if len(line) > 120:
        return line[:117].rsplit(" ", 1)[0] + "…"
    return line if line[-1:].isalnum() else line.rstrip(" .!?") + "…"
