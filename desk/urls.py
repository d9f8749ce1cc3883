"""Addresses of the desk."""

from django.urls import URLPattern, URLResolver, path

from common import converters
from desk import work_urls
from desk.views import account, article, articles, queue, triage, wording

converters.register()
app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("start/", account.start, name="start"),
    path("start/demo/", account.demo, name="demo"),
    path("settings/look/", account.look, name="look"),
    path("help/keys/", account.keys, name="keys"),
    # the queue
    path("queue/", queue.queue, name="queue"),
    path("queue/pulse/", queue.pulse, name="queue_pulse"),
    path("queue/bulk/", queue.bulk, name="bulk"),
    # articles
    path("articles/", articles.articles, name="articles"),
    path("articles/<id:article_id>/", article.article, name="article"),
    path("articles/<id:article_id>/pulse/", article.pulse, name="article_pulse"),
    path("articles/<id:article_id>/add-claim/", article.add_claim, name="add_claim"),
    path("articles/<id:article_id>/revise/", article.revise, name="revise"),
    path("articles/<id:article_id>/fetch/", article.fetch_again, name="fetch_again"),
    path("articles/<id:article_id>/merge/", wording.merge, name="merge"),
    path("jobs/<id:job_id>/restart/", article.restart, name="restart_job"),
    # one claim: triage, holding, wording. Each is a plain POST with `version` and, if wanted, `next`
    path("claims/<id:claim_id>/accept/", triage.accept, name="accept"),
    path("claims/<id:claim_id>/take/", triage.take, name="take"),
    path("claims/<id:claim_id>/release/", triage.release, name="release"),
    path("claims/<id:claim_id>/reopen/", triage.reopen, name="reopen"),
    path("claims/<id:claim_id>/restore/", triage.restore, name="restore"),
    path("claims/<id:claim_id>/dismiss/", triage.dismiss, name="dismiss"),
    path("claims/<id:claim_id>/assign/", triage.assign, name="assign"),
    path("claims/<id:claim_id>/plan/", triage.plan, name="plan"),
    path("claims/<id:claim_id>/reword/", wording.reword, name="reword"),
    path("claims/<id:claim_id>/split/", wording.split, name="split"),
    path("claims/<id:claim_id>/reanchor/", wording.reanchor, name="reanchor"),
    *work_urls.urlpatterns,
]
