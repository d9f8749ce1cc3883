"""Addresses of one claim's work, of review, the library, the inbox and one's own settings."""

from django.urls import URLPattern, URLResolver, path

from common import converters
from desk.views import (
    absence,
    alerts,
    claim,
    comments,
    connections,
    evidence,
    inbox,
    learning,
    library,
    number,
    review,
    tokens,
    verdict,
)

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    # one claim
    path("claims/<id:claim_id>/", claim.claim, name="claim"),
    path("claims/<id:claim_id>/draft/", verdict.draft, name="draft"),
    path("claims/<id:claim_id>/use-suggestion/", verdict.use_suggestion, name="use_suggestion"),
    path("claims/<id:claim_id>/submit/", verdict.submit, name="submit"),
    path("claims/<id:claim_id>/withdraw/", claim.withdraw, name="withdraw"),
    path("claims/<id:claim_id>/publish/", claim.publish, name="publish"),
    path("claims/<id:claim_id>/cancel-order/", claim.cancel_order, name="cancel_order"),
    path("claims/<id:claim_id>/correct/", claim.correct, name="correct"),
    path("claims/<id:claim_id>/drop/", claim.drop, name="drop"),
    path("claims/<id:claim_id>/still-holds/", claim.still_holds, name="still_holds"),
    path("claims/<id:claim_id>/retract/", claim.retract, name="retract"),
    path("claims/<id:claim_id>/comments/", comments.comment, name="comment"),
    path("claims/<id:claim_id>/searches/", evidence.record_search, name="record_search"),
    path("claims/<id:claim_id>/absence/", absence.plan, name="plan_absence"),
    path("claims/<id:claim_id>/search-again/", evidence.search_again, name="search_again"),
    path("claims/<id:claim_id>/sources/", evidence.add_source, name="add_source_to_claim"),
    path("claims/<id:claim_id>/evidence/<id:snapshot_id>/", library.attach, name="attach"),
    path("evidence/<id:evidence_id>/stance/", evidence.judge, name="judge"),
    path("evidence/<id:evidence_id>/stance/take-back/", evidence.take_back_stance, name="take_back_stance"),
    path("evidence/<id:evidence_id>/set-aside/", evidence.set_aside, name="set_aside"),
    path("searches/<id:search_id>/set-aside/", evidence.set_search_aside, name="set_search_aside"),
    path("claims/<id:claim_id>/number/", number.state, name="state_number"),
    path("claims/<id:claim_id>/figures/", number.add, name="add_figure"),
    path("figures/<id:figure_id>/accept/", number.accept, name="accept_figure"),
    path("figures/<id:figure_id>/take-out/", number.take_out, name="take_out_figure"),
    path("matches/<id:match_id>/", claim.match, name="match"),
    path("alerts/<id:alert_id>/settle/", alerts.settle, name="settle"),
    path("checks/<id:match_id>/", claim.check_match, name="check_match"),
    # review
    path("review/", review.review, name="review"),
    path("review/<id:claim_id>/", review.decision, name="decision"),
    path("review/<id:claim_id>/approve/", review.approve, name="approve"),
    path("review/<id:claim_id>/return/", review.give_back, name="return"),
    # the library
    path("sources/", library.sources, name="sources"),
    path("sources/add/", library.add, name="add_source"),
    path("sources/publishers/", library.publishers, name="publishers"),
    path("sources/publishers/grade/", library.grade_publisher, name="grade_publisher"),
    path("sources/<id:source_id>/", library.source, name="source"),
    path("sources/<id:source_id>/grade/", library.grade, name="grade"),
    path("sources/snapshots/<id:snapshot_id>/", library.snapshot, name="snapshot"),
    path("sources/snapshots/<id:snapshot_id>/record.warc.gz", library.record, name="record"),
    path("stats/", learning.learned, name="learning"),
    path("settings/sources/", connections.connections, name="connections"),
    path("settings/sources/feeds/", connections.add_feed, name="add_feed"),
    path("settings/sources/feeds/<id:feed_id>/switch/", connections.switch_feed, name="switch_feed"),
    path("settings/sources/feeds/<id:feed_id>/check/", connections.check_feed, name="check_feed"),
    path("settings/sources/<id:connection_id>/switch/", connections.switch, name="switch_connection"),
    path("settings/sources/<id:connection_id>/check/", connections.check, name="check_connection"),
    # oneself
    path("notifications/", inbox.inbox, name="notifications"),
    path("notifications/read/", inbox.mark_read, name="mark_read"),
    path("settings/me/", tokens.me, name="me"),
    path("settings/me/tokens/<id:token_id>/revoke/", tokens.revoke, name="revoke_token"),
]
