"""The slow half of this room's background work: it looks and returns, `actions` writes."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from claims import earlier
from claims.extraction import Candidate, extract
from claims.intake.documents import Document
from claims.intake.url import read_url
from claims.models import Article, Claim, Revision

EARLIER_AT_MOST = (
    20_000  # claims compared with; an index in the database takes over beyond (the matching issue)
)


def fetch(article_id: int) -> Document:
    """The document at an article's address. Raises what fetching and reading raise, as sentences."""
    article = Article.objects.get(pk=article_id)
    return read_url(article.url, allow=settings.CLAIMDESK_FETCH_ALLOW)


def read(revision_id: int) -> Sequence[Candidate]:
    """The claims in a revision's text."""
    revision = Revision.objects.select_related("article").get(pk=revision_id)
    article = revision.article
    return extract(
        revision.text,
        title=article.title,
        published=article.published_at.date() if article.published_at else None,
        language=article.language,
    )


def compare(claim_id: int) -> Sequence[earlier.Likeness]:
    """The earlier claims that are most like this one, best first: those of other articles and not found unfit."""
    return earlier.like(Claim.objects.select_related("revision").get(pk=claim_id))
