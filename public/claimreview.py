"""Our fact-checks in the words of schema.org: one function, for pages, feeds and whoever asks in that shape."""

from __future__ import annotations

import json
from typing import Any  # JSON-LD is a nest of objects, lists, texts and numbers.

from django.urls import reverse

from claims.models import Article
from reviews.models import Publication, Rating

BEST, WORST = 5, 1  # the ends of the scale, seeds/ratings.toml


def claim_review(publication: Publication, *, site: str, newsroom: str) -> dict[str, Any]:
    """One ClaimReview. A rating without a number carries its word alone: it is no point between true and false.

    `site` is our address without a slash at its end.
    """
    article = publication.claim.revision.article
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{site}{address(publication)}#review",
        "url": f"{site}{address(publication)}",
        "claimReviewed": publication.claim_text,
        "author": _newsroom(site, newsroom),
        "datePublished": publication.first_published_at.isoformat(),
        "dateModified": publication.published_at.isoformat(),
        "itemReviewed": _claim(publication, article, site=site),
        "reviewRating": _rating(publication.verdict.rating),
    }
    if article.language != "und":
        review["inLanguage"] = article.language
    if publication.verdict.summary:
        review["description"] = publication.verdict.summary
    if publication.note:
        review["correction"] = {
            "@type": "CorrectionComment",
            "text": publication.note,
            "datePublished": publication.published_at.isoformat(),
        }
    return review


def as_script(review: dict[str, Any]) -> str:
    """The JSON for a script element: no character in it can end the element or begin another."""
    written = json.dumps(review, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def address(publication: Publication) -> str:
    """The path of a publication's page."""
    return reverse("public:page", args=[publication.year, publication.slug])


def _newsroom(site: str, newsroom: str) -> dict[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "name": newsroom,
        "url": f"{site}/",
        "correctionsPolicy": f"{site}{reverse('public:how')}#corrections",
        "verificationFactCheckingPolicy": f"{site}{reverse('public:how')}",
    }


def _claim(publication: Publication, article: Article, *, site: str) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"{site}{address(publication)}#claim",
        "text": publication.claim_text,
    }
    if publication.claimant:
        claim["author"] = {"@type": "Person", "name": publication.claimant}
    if article.published_at:
        claim["datePublished"] = article.published_at.isoformat()
    if article.url:
        claim["firstAppearance"] = claim["appearance"] = _appearance(article)
    return claim


def _appearance(article: Article) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "NewsArticle", "url": article.url, "headline": article.headline}
    if article.outlet:
        work["publisher"] = {"@type": "Organization", "name": article.outlet}
    if article.published_at:
        work["datePublished"] = article.published_at.isoformat()
    return work


def _rating(rating: Rating) -> dict[str, Any]:
    said: dict[str, Any] = {"@type": "Rating", "alternateName": rating.label}
    if rating.meaning:
        said["ratingExplanation"] = rating.meaning
    if rating.number is not None:
        said |= {"ratingValue": rating.number, "bestRating": BEST, "worstRating": WORST}
    return said
