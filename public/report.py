"""One fact-check as its readers see it: sources numbered in the order in which the rationale names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common import prose, wording
from reviews import absence, published
from reviews.models import Citation, Publication
from sources.models import Evidence, Source


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that the rationale rests on."""

    number: int
    citation: Citation
    evidence: Evidence
    source: Source


@dataclass(frozen=True, slots=True)
class Unused:
    """A source that was looked at and left out, with the reason that readers may know."""

    source: Source
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page shows beside the publication itself."""

    rationale: SafeString
    sources: list[Quoted]
    unused: list[Unused]
    versions: list[Publication]
    next_search: date | None  # when an absence is searched for again by itself


@dataclass(frozen=True, slots=True)
class Version:
    """One public version, with what it changed in the wording of the version before."""

    publication: Publication
    rationale: list[wording.Piece]
    summary: list[wording.Piece]
    sources: list[Quoted]
    earlier: Publication | None


def of(publication: Publication) -> Report:
    """The report of a publication that came with its evidence (`published.page`).

    Two more queries, and three more of an absence.
    """
    sources = _numbered(publication)
    html = mark_safe(prose.to_html(publication.verdict.rationale, _cites(sources)))  # noqa: S308 cleaned by common.prose
    return Report(
        html,
        sources,
        _unused(publication, sources),
        list(published.versions(publication)),
        absence.next_search(publication),
    )


def history(versions: Sequence[Publication]) -> list[Version]:
    """Every version, newest first, each compared with the one before it. They come with their evidence."""
    told = []
    for at, version in enumerate(versions):
        earlier = versions[at + 1] if at + 1 < len(versions) else None
        before = earlier or version
        told.append(
            Version(
                version,
                wording.differences(plain(before), plain(version)),
                wording.differences(before.verdict.summary, version.verdict.summary),
                _numbered(version),
                earlier,
            )
        )
    return told


def plain(publication: Publication) -> str:
    """The rationale without markup, its sources by their numbers. The publication comes with its evidence."""
    return prose.to_text(publication.verdict.rationale, _cites(_numbered(publication)))


def _cites(sources: Sequence[Quoted]) -> dict[str, prose.Cite]:
    return {
        quoted.evidence.ref: prose.Cite(
            f"#source-{quoted.number}", str(quoted.number), _("Source %(n)s") % {"n": quoted.number}
        )
        for quoted in sources
    }


def _numbered(publication: Publication) -> list[Quoted]:
    by_ref = {citation.evidence.ref: citation for citation in publication.verdict.citation_set.all()}
    order = [ref for ref in prose.references(publication.verdict.rationale) if ref in by_ref]
    order += [ref for ref in by_ref if ref not in order]
    numbered = ((n, by_ref[ref]) for n, ref in enumerate(order, start=1))
    return [Quoted(n, item, item.evidence, item.evidence.snapshot.source) for n, item in numbered]


def _unused(publication: Publication, sources: Sequence[Quoted]) -> list[Unused]:
    origins = {quoted.source.first_hand: quoted.number for quoted in reversed(sources)}
    used = {quoted.source.pk for quoted in sources}
    found: dict[int, Unused] = {}
    for item in published.not_used(publication):
        source = item.snapshot.source
        if source.pk in used or source.pk in found:
            continue
        repeated = origins.get(source.first_hand)
        why = _("repeats source %(n)s") % {"n": repeated} if repeated else item.set_aside
        found[source.pk] = Unused(source, why)
    return list(found.values())
