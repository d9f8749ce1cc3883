"""How the machine's suggestions fared against what people decided. Nothing is written for it: both are kept anyway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from claims.lifecycle import ClaimType
from common.errors import Forbidden
from reviews.models import Suggestion, Verdict
from sources.models import Evidence

PERIODS = (30, 90, 365)  # days
SMALLEST = 5  # a group of fewer says little of the machine and much of a person
BINS = 5
MOST = 20_000  # verdicts that one page looks at


@dataclass(frozen=True, slots=True)
class Pair:
    """One approved verdict with the suggestion that stood when it was submitted; empty words: it abstained."""

    type: str
    decided: str
    suggested: str
    confidence: float
    engine: str

    @property
    def agreed(self) -> bool:
        """Whether both named the same rating."""
        return self.decided == self.suggested


@dataclass(frozen=True, slots=True)
class Group:
    """Verdicts of one kind: how many, for how many the machine spoke, and how often it was what people decided."""

    name: str
    verdicts: int
    spoke: int
    agreed: int

    @property
    def abstained(self) -> float:
        """The share for which it abstained."""
        return 1 - self.spoke / self.verdicts if self.verdicts else 0.0

    @property
    def agreement(self) -> float | None:
        """Of those for which it spoke, the share that people decided so; None for too few to tell."""
        return self.agreed / self.spoke if self.spoke >= SMALLEST else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions of like confidence: how many, how confident they were, how often they were right."""

    n: int
    said: float
    was: float


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the page shows. `error` is the calibration error over the bins; None for too few suggestions."""

    all: Group
    by_type: Sequence[Group]
    by_engine: Sequence[Group]
    bins: Sequence[Bin]
    error: float | None
    found: int  # passages that the machine attached to these claims
    cited: int
    set_aside: int


def learned(user: User, *, days: int) -> Learned:
    """What was decided in the last days, beside what was suggested. Two queries."""
    if not user.works_here:
        raise Forbidden(_("The desk is for those who check claims here."))
    since = timezone.now() - timedelta(days=days)
    pairs = list(_pairs(since))
    spoke = [pair for pair in pairs if pair.suggested]
    bins = _bins(spoke)
    evidence = Evidence.objects.filter(created_at__gte=since, added_by__isnull=True).aggregate(
        found=Count("pk", distinct=True),
        cited=Count("pk", filter=Q(cited_by__isnull=False), distinct=True),
        aside=Count("pk", filter=~Q(set_aside=""), distinct=True),
    )
    return Learned(
        _group("", pairs),
        _groups(pairs, "type", {value: str(label) for value, label in ClaimType.choices}),
        _groups([pair for pair in pairs if pair.engine], "engine", {}),
        bins,
        sum(one.n * abs(one.said - one.was) for one in bins) / len(spoke) if len(spoke) >= SMALLEST else None,
        evidence["found"],
        evidence["cited"],
        evidence["aside"],
    )


def _pairs(since: object) -> Iterable[Pair]:
    stood = (
        Suggestion.objects.filter(claim=OuterRef("claim"), created_at__lte=OuterRef("created_at"))
        .exclude(replaced_at__lte=OuterRef("created_at"))
        .order_by("-pk")
    )
    rows = (
        Verdict.objects.filter(
            state__in=[Verdict.State.APPROVED, Verdict.State.SUPERSEDED], created_at__gte=since
        )
        .annotate(
            type=F("claim__type"),
            decided=F("rating__slug"),
            suggested=Subquery(stood.values("rating__slug")[:1]),
            confidence=Subquery(stood.values("confidence")[:1]),
            engine=Subquery(stood.values("model_version")[:1]),
        )
        .order_by("-pk")
        .values_list("type", "decided", "suggested", "confidence", "engine")[:MOST]
    )
    for kind, decided, suggested, confidence, engine in rows:
        yield Pair(kind, decided, suggested or "", confidence or 0.0, engine or "")


def _groups(pairs: Sequence[Pair], by: str, labels: dict[str, str]) -> list[Group]:
    names = sorted({getattr(pair, by) for pair in pairs})
    groups = [_group(labels.get(name, name), [p for p in pairs if getattr(p, by) == name]) for name in names]
    return sorted((group for group in groups if group.verdicts >= SMALLEST), key=lambda one: -one.verdicts)


def _group(name: str, pairs: Sequence[Pair]) -> Group:
    spoke = [pair for pair in pairs if pair.suggested]
    return Group(name, len(pairs), len(spoke), sum(pair.agreed for pair in spoke))


def _bins(spoke: Sequence[Pair]) -> list[Bin]:
    """Equal widths of confidence; a bin of too few is left out."""
    filled: dict[int, list[Pair]] = {}
    for pair in spoke:
        filled.setdefault(min(BINS - 1, int(pair.confidence * BINS)), []).append(pair)
    return [
        Bin(len(rows), sum(p.confidence for p in rows) / len(rows), sum(p.agreed for p in rows) / len(rows))
        for _, rows in sorted(filled.items())
        if len(rows) >= SMALLEST
    ]
