"""The slow half of this room's background work: it looks and returns, `actions` writes."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from claims import budget, earlier
from claims.extraction import ENGINE, Outcome, extract
from claims.extraction.llm import Endpoint, extract_with_model
from claims.intake.documents import Document
from claims.intake.url import read_url
from claims.models import Article, Claim, Revision


def fetch(article_id: int) -> Document:
    """The document at an article's address. Raises what fetching and reading raise, as sentences."""
    article = Article.objects.get(pk=article_id)
    return read_url(article.url, allow=settings.CLAIMDESK_FETCH_ALLOW)


def read(revision_id: int) -> Outcome:
    """The claims in a revision's text, by the language model where one is set and its day's budget lasts."""
    revision = Revision.objects.select_related("article").get(pk=revision_id)
    article = revision.article
    published = article.published_at.date() if article.published_at else None
    endpoint = language_model()
    note = ""
    if endpoint is not None:
        if budget.spend():
            return extract_with_model(
                revision.text,
                endpoint=endpoint,
                title=article.title,
                published=published,
                language=article.language,
            )
        note = _("The language model's budget for today is used up; it starts again at midnight (UTC).")
    found = extract(revision.text, title=article.title, published=published, language=article.language)
    return Outcome(found, ENGINE, note)


def language_model() -> Endpoint | None:
    """The language model that the environment names, or None."""
    if not settings.CLAIMDESK_LLM_URL or not settings.CLAIMDESK_LLM_MODEL:
        return None
    return Endpoint(
        settings.CLAIMDESK_LLM_URL,
        settings.CLAIMDESK_LLM_MODEL,
        settings.CLAIMDESK_LLM_KEY,
        seconds=settings.CLAIMDESK_LLM_SECONDS,
    )


def compare(claim_id: int) -> earlier.Compared:
    """The earlier claims of other articles and the fact-checks of others that are most like a claim, best first."""
    claim = Claim.objects.select_related("revision").get(pk=claim_id)
    return earlier.Compared(earlier.like(claim), earlier.like_checks(claim))
