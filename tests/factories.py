"""Make what a test needs, valid by default. What has a life is brought there by the actions (see conftest)."""

from __future__ import annotations

import hashlib
from typing import Any

import factory

from accounts.models import User
from accounts.roles import Role
from claims.models import Article, Claim, Revision
from reviews.models import Rating
from sources import passages, search
from sources.models import Evidence, Passage, Snapshot, Source

TEXT = (
    "Officials said 26 people were killed in the flood. The minister denied that the dam had failed.\n\n"
    "The opposition has presented no evidence for its account."
)

NOWHERE = 2_000_000_000  # a key that no row has: keys go on from test to test on PostgreSQL, and pass 99


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = "Pat"
    last_name = factory.Sequence(lambda n: f"Doe{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")
    role = Role.FACT_CHECKER

    class Params:
        reader = factory.Trait(role=Role.READER)
        editor = factory.Trait(role=Role.EDITOR)
        admin = factory.Trait(role=Role.ADMIN, is_staff=True, is_superuser=True)


class ArticleFactory(factory.django.DjangoModelFactory[Article]):
    class Meta:
        model = Article

    title = factory.Sequence(lambda n: f"Flood in the north {n}")
    outlet = "The Courier"
    language = "en"
    submitted_by = factory.SubFactory(UserFactory)


class RevisionFactory(factory.django.DjangoModelFactory[Revision]):
    class Meta:
        model = Revision

    article = factory.SubFactory(ArticleFactory)
    number = 1
    text = TEXT
    text_sha256 = factory.LazyAttribute(lambda o: _sha256(o.text))


class ClaimFactory(factory.django.DjangoModelFactory[Claim]):
    class Meta:
        model = Claim

    revision = factory.SubFactory(RevisionFactory)
    start, end = 0, 50
    quote = factory.LazyAttribute(lambda o: o.revision.text[o.start : o.end])
    prefix = factory.LazyAttribute(lambda o: o.revision.text[max(0, o.start - 32) : o.start])
    suffix = factory.LazyAttribute(lambda o: o.revision.text[o.end : o.end + 32])
    text = factory.SelfAttribute("quote")
    type = "casualty"
    claimant = "Officials"
    check_worthiness = 0.9
    extractor = "tests/1"


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Situation report {n}")
    publisher = "Civil Protection"
    kind = "report"
    url = factory.Sequence(lambda n: f"https://civil.example/reports/{n}")
    language = "en"
    reliability = "B"
    added_by = factory.SubFactory(UserFactory)


class SnapshotFactory(factory.django.DjangoModelFactory[Snapshot]):
    class Meta:
        model = Snapshot
        skip_postgeneration_save = True

    source = factory.SubFactory(SourceFactory)
    text = "As of 18:00, 26 people were killed in the flood. Nine are missing."
    sha256 = factory.LazyAttribute(lambda o: _sha256(o.text))

    @factory.post_generation
    def found_by_search(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        pieces = [
            Passage(snapshot=self, start=a, end=b, text=self.text[a:b]) for a, b in passages.cut(self.text)
        ]  # type: ignore[attr-defined]  # the instance, not the factory
        search.index(Passage.objects.bulk_create(pieces))


class EvidenceFactory(factory.django.DjangoModelFactory[Evidence]):
    class Meta:
        model = Evidence

    claim = factory.SubFactory(ClaimFactory)
    number = factory.LazyAttribute(lambda o: o.claim.evidence.count() + 1)
    snapshot = factory.SubFactory(SnapshotFactory)
    start, end = 0, 48
    quote = factory.LazyAttribute(lambda o: o.snapshot.text[o.start : o.end])
    stance = "supports"
    added_by = factory.SubFactory(UserFactory)


class RatingFactory(factory.django.DjangoModelFactory[Rating]):
    class Meta:
        model = Rating
        django_get_or_create = ["slug"]

    slug, label, number, position = "true", "True", 5, 1
