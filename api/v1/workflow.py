"""A claim's life, step by step: each address takes its input, the version that was read, and does one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # validated input

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.queries import person
from api.endpoint import Endpoint, claim_response
from api.schema import results_of, says
from api.serializers.base import Versioned
from api.serializers.claims import (
    AbsenceInput,
    AbsenceOutput,
    ClaimOutput,
    ClaimRow,
    MergeInput,
    PlanInput,
    SplitInput,
)
from api.serializers.review import (
    ApproveInput,
    AssignInput,
    DismissInput,
    PublishInput,
    ReasonInput,
    SubmitInput,
)
from claims.actions import editing
from common.errors import Invalid
from reviews import queries
from reviews.actions import absence_plans, decisions, publishing, verdicts, work


class StepView(Endpoint):
    """What all steps share: read the input and the version, act, show the claim as it is then."""

    form: type[Versioned] = Versioned

    def post(self, request: Request, claim_id: int) -> Response:
        given = self.given(self.form)
        self.act(claim_id, version=self.version(given), **given)
        return claim_response(self, claim_id)

    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        """Do the one action of this address."""
        raise NotImplementedError


def _step(
    name: str, summary: str, form: type[Versioned] = Versioned
) -> Callable[[type[StepView]], type[StepView]]:
    """Give a step its form and its place in the schema."""
    describe = extend_schema_view(post=says(f"{name}_claim", summary, given=form, gives=ClaimOutput))

    def dress(view: type[StepView]) -> type[StepView]:
        view.form = form
        return describe(view)

    return dress


@_step("accept", "Put a new claim into the queue")
class AcceptView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return work.accept(claim_id, by=self.by, version=version)


@_step("dismiss", "Leave a claim unchecked, and say why", DismissInput)
class DismissView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return work.dismiss(claim_id, by=self.by, version=version, **given)


@_step("take", "Hold an open claim")
class TakeView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return work.take(claim_id, by=self.by, version=version)


@_step("release", "Give a claim back to the queue")
class ReleaseView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return work.release(claim_id, by=self.by, version=version)


@_step("assign", "Give a claim to someone", AssignInput)
class AssignView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        to = person(given["to"])
        if to is None:
            raise Invalid(_("There is nobody of the name “%(name)s” here.") % {"name": given["to"]})
        return work.assign(claim_id, by=self.by, version=version, to=to)


@_step("submit", "Send a verdict to the editors", SubmitInput)
class SubmitView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        proposed = verdicts.Proposed(**given)
        return verdicts.submit(claim_id, by=self.by, version=version, proposed=proposed)


@_step("withdraw", "Take one's own waiting verdict back")
class WithdrawView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return verdicts.withdraw(claim_id, by=self.by, version=version)


@_step("approve", "Approve exactly the verdict that waits", ApproveInput)
class ApproveView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return decisions.approve(claim_id, by=self.by, version=version, **given)


@_step("return", "Give a verdict back to its author, with a reason", ReasonInput)
class ReturnView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return decisions.return_verdict(claim_id, by=self.by, version=version, **given)


@_step("publish", "Make the approved verdict public, now or at a time", PublishInput)
class PublishView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return publishing.publish(claim_id, by=self.by, version=version, **given)


@_step("correct", "Begin a correction; the public page stays meanwhile", ReasonInput)
class CorrectView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return publishing.correct(claim_id, by=self.by, version=version, **given)


@_step("drop", "End a correction; what is public stays as it is")
class DropView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return publishing.drop(claim_id, by=self.by, version=version)


@_step("retract", "Withdraw what was published; the page says so and why", ReasonInput)
class RetractView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return publishing.retract(claim_id, by=self.by, version=version, **given)


@_step("reopen", "Bring a dismissed or retracted claim back into the queue")
class ReopenView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return work.reopen(claim_id, by=self.by, version=version)


@_step("restore", "Put a dismissed claim back among the new ones")
class RestoreView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return work.restore(claim_id, by=self.by, version=version)


@_step("plan", "Say how soon a claim is wanted", PlanInput)
class PlanView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        return editing.plan(claim_id, by=self.by, version=version, **given)


@_step("merge", "Dismiss claims as the same as this one", MergeInput)
class MergeView(StepView):
    def act(self, claim_id: int, *, version: int, **given: Any) -> object:
        versions = {other["id"]: other["version"] for other in given["claims"]}
        return editing.merge(claim_id, by=self.by, versions={**versions, claim_id: version})


class PlanAbsenceView(Endpoint):
    """/api/v1/claims/{id}/plan-absence/"""

    @says("plan_absence", "Say how it is checked that something is not there", given=AbsenceInput,
          gives=AbsenceOutput)  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        given = self.given(AbsenceInput)
        version = given.pop("version")
        planned = absence_plans.Planned(**given)
        absence_plans.plan(claim_id, by=self.by, version=version, planned=planned)
        found = queries.absence_of(self.by, queries.claim(self.by, claim_id))
        return Response(AbsenceOutput(found).data)


class SplitView(Endpoint):
    """/api/v1/claims/{id}/split/"""

    @says(
        "split_claim", "Make several claims of one", given=SplitInput, gives=results_of(ClaimRow), status=201
    )
    def post(self, request: Request, claim_id: int) -> Response:
        given = self.given(SplitInput)
        version = self.version(given)
        parts = editing.split(claim_id, by=self.by, version=version, wordings=given["wordings"])
        rows = queries.rows_by_id(self.by, [part.pk for part in parts])
        return Response({"results": ClaimRow([rows[part.pk] for part in parts], many=True).data}, status=201)


STEP_VIEWS: dict[str, type[StepView]] = {
    "accept": AcceptView,
    "dismiss": DismissView,
    "take": TakeView,
    "assign": AssignView,
    "release": ReleaseView,
    "submit": SubmitView,
    "withdraw": WithdrawView,
    "approve": ApproveView,
    "return": ReturnView,
    "publish": PublishView,
    "correct": CorrectView,
    "drop": DropView,
    "retract": RetractView,
    "reopen": ReopenView,
    "restore": RestoreView,
    "plan": PlanView,
    "merge": MergeView,
}
