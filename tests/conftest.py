"""Fixtures that more than one room uses. Claims come to a status through the actions that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from claims import earlier
from claims.models import Claim
from common import guards
from reviews.actions import decisions, publishing, verdicts, work
from reviews.models import Rating
from reviews.verify import ALL_GUARDS, audit_findings, data_findings
from sources.models import Evidence
from sources.search import meaning as passages
from tests import factories

SCALE = [
    ("true", "True", 5),
    ("mostly", "Mostly true", 4),
    ("misleading", "Misleading", 2),
    ("disputed", "Disputed", None),
    ("false", "False", 1),
    ("unproven", "Unproven", None),
]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their length: packed ones hold the time, and workers must agree on the names of their tests."""
    return f"{argname}: {len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Before PostgreSQL drops a test database, end what still talks to it: a browser's last pulse may be under way."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def checker(db: None) -> User:
    return factories.UserFactory(username="nadia", first_name="Nadia", last_name="Rahman")


@pytest.fixture
def checker2(db: None) -> User:
    return factories.UserFactory(username="tomas", first_name="Tomas", last_name="Oyelaran")


@pytest.fixture
def editor(db: None) -> User:
    return factories.UserFactory(username="ines", first_name="Ines", last_name="Calloway", editor=True)


@pytest.fixture
def editor2(db: None) -> User:
    return factories.UserFactory(username="karim", first_name="Karim", last_name="Haddad", editor=True)


@pytest.fixture
def admin(db: None) -> User:
    return factories.UserFactory(username="root", admin=True)


@pytest.fixture
def reader(db: None) -> User:
    return factories.UserFactory(username="consumer", reader=True)


@pytest.fixture
def scale(db: None) -> list[Rating]:
    """The newsroom's ratings."""
    made = [
        factories.RatingFactory(slug=slug, label=label, number=number, position=position)
        for position, (slug, label, number) in enumerate(SCALE, start=1)
    ]
    return [
        *made,
        factories.RatingFactory(
            slug="none", label="Not checkable", number=None, position=7, publishable=False
        ),
    ]


@pytest.fixture
def proposal() -> Callable[..., verdicts.Proposed]:
    """What a fact-checker might submit, citing the given evidence."""

    def make(*evidence: Evidence, **more: Any) -> verdicts.Proposed:
        given = {
            "rating": "true",
            "summary": "The civil protection office counts 26.",
            "rationale": "The office counts 26 " + " ".join(f"[{item.ref}]" for item in evidence),
            **more,
        }
        return verdicts.Proposed(**given)

    return make


@pytest.fixture
def claim_at(scale: list[Rating], proposal: Callable[..., verdicts.Proposed]) -> Callable[..., Claim]:
    """A claim brought to a status by the same actions that people use: `claim_at("in_review", author=…, editor=…)`.

    "in_correction" is a public one whose correction its author holds; "in_review_correction", "approved_correction"
    and "open_correction" one whose correction waits, is approved, or was given back to the queue.
    """

    def make(status: str, *, author: User | None = None, editor: User | None = None, **claim: Any) -> Claim:
        author = author or factories.UserFactory()
        editor = editor or factories.UserFactory(editor=True)
        made = factories.ClaimFactory(**claim)
        if status == "dismissed":
            return work.dismiss(made.pk, by=author, version=made.version, reason="opinion")
        path = ["new", "open", "in_progress", "in_review", "approved", "published", "retracted"]
        if status == "in_correction":
            public = make("published", author=author, editor=editor, **claim)
            made = publishing.correct(public.pk, by=editor, version=public.version, reason="The count rose.")
            return work.assign(made.pk, by=editor, version=made.version, to=author)
        if status == "open_correction":
            made = make("in_correction", author=author, editor=editor, **claim)
            return work.release(made.pk, by=author, version=made.version)
        if status in ("in_review_correction", "approved_correction"):
            made = make("in_correction", author=author, editor=editor, **claim)
            corrected = proposal(made.evidence.get(), rating="mostly")
            verdicts.submit(made.pk, by=author, version=made.version, proposed=corrected)
            if status == "approved_correction":
                decisions.approve(made.pk, by=editor, version=made.version + 1)
            return Claim.objects.get(pk=made.pk)
        deeds = [
            lambda version: work.accept(made.pk, by=author, version=version),
            lambda version: work.take(made.pk, by=author, version=version),
            lambda version: verdicts.submit(
                made.pk, by=author, version=version, proposed=proposal(factories.EvidenceFactory(claim=made))
            ),
            lambda version: decisions.approve(made.pk, by=editor, version=version),
            lambda version: publishing.publish(made.pk, by=editor, version=version),
            lambda version: publishing.retract(
                made.pk, by=editor, version=version, reason="A cited count was wrong."
            ),
        ]
        for deed in deeds[: path.index(status)]:
            deed(Claim.objects.get(pk=made.pk).version)
        return Claim.objects.get(pk=made.pk)

    return make


@pytest.fixture
def claim_in_review(claim_at: Callable[..., Claim]) -> Callable[..., Claim]:
    """A claim whose verdict waits."""

    def make(author: User, **claim: Any) -> Claim:
        return claim_at("in_review", author=author, **claim)

    return make


@pytest.fixture
def nothing_is_wrong() -> Iterator[None]:
    """After the test, the rules that cross tables hold; for tests that go through whole stories."""
    yield
    assert data_findings() == []
    assert [
        finding for finding in audit_findings() if finding.rule != "a claim is where the ledger left it"
    ] == []


@pytest.fixture(autouse=True)
def _let_the_flush_through(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the guards before a transactional test empties its tables; the flush's own post_migrate puts them back."""
    marker = request.node.get_closest_marker("django_db")
    flushes = (marker and marker.kwargs.get("transaction")) or "live_server" in request.fixturenames
    if not flushes and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    guards.uninstall(ALL_GUARDS, connection)
    _empty_full_text()


def _empty_full_text() -> None:
    """SQLite's full-text tables belong to no model, so that a flush leaves them and their rows meet the next test's."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%'", [])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{name}"')


@pytest.fixture(autouse=True)
def _forget_earlier_claims() -> None:
    """The indexes of claims and of passages live in the process; each test has a database of its own."""
    earlier.forget()
    passages.forget()
