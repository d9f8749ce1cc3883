"""Addresses of the API. Other programs rely on them: they stay."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api.factcheck import ClaimsSearchView
from api.pages import DocsView, NowhereView, ProblemView, SchemaView
from api.v1 import articles, claims, evidence, workflow

app_name = "api"

v1: list[URLPattern | URLResolver] = [
    path("articles/", articles.ArticlesView.as_view()),
    path("articles/<int:article_id>/", articles.ArticleView.as_view()),
    path("articles/<int:article_id>/claims/", articles.ArticleClaimsView.as_view()),
    path("articles/<int:article_id>/revisions/", articles.RevisionsView.as_view()),
    path("jobs/<int:job_id>/restart/", articles.RestartView.as_view()),
    path("claims/", claims.ClaimsView.as_view()),
    path("claims/status-lookup/", claims.StatusLookupView.as_view()),
    path("claims/<int:claim_id>/", claims.ClaimView.as_view()),
    path("claims/<int:claim_id>/status/", claims.StatusView.as_view()),
    path("claims/<int:claim_id>/history/", claims.HistoryView.as_view()),
    path("claims/<int:claim_id>/verdicts/", claims.VerdictsView.as_view()),
    path("claims/<int:claim_id>/comments/", claims.CommentsView.as_view()),
    path("claims/<int:claim_id>/evidence/", evidence.EvidenceView.as_view()),
    path("claims/<int:claim_id>/plan-absence/", workflow.PlanAbsenceView.as_view()),
    path("claims/<int:claim_id>/searches/", evidence.SearchesView.as_view()),
    path("claims/<int:claim_id>/number/", evidence.NumberView.as_view()),
    path("claims/<int:claim_id>/figures/", evidence.FiguresView.as_view()),
    path("claims/<int:claim_id>/split/", workflow.SplitView.as_view()),
    *(
        path(f"claims/<int:claim_id>/{step}/", view.as_view(), name=f"claim-{step}")
        for step, view in workflow.STEP_VIEWS.items()
    ),
    path("evidence/<int:evidence_id>/judge/", evidence.JudgeView.as_view()),
    path("evidence/<int:evidence_id>/set-aside/", evidence.SetAsideView.as_view()),
    path("searches/<int:search_id>/set-aside/", evidence.SetSearchAsideView.as_view()),
    path("figures/<int:figure_id>/accept/", evidence.AcceptFigureView.as_view()),
    path("figures/<int:figure_id>/take-out/", evidence.TakeOutFigureView.as_view()),
    path("sources/", evidence.SourcesView.as_view()),
    path("sources/<int:source_id>/", evidence.SourceView.as_view()),
    path("sources/<int:source_id>/grade/", evidence.GradeView.as_view()),
    path("publishers/", evidence.PublishersView.as_view()),
    path("snapshots/<int:snapshot_id>/", evidence.SnapshotView.as_view()),
    path("ratings/", evidence.RatingsView.as_view()),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(v1)),
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("api/docs/", DocsView.as_view(), name="docs"),
    path("api/problems/<slug:code>/", ProblemView.as_view(), name="problem"),
    path("v1alpha1/claims:search", ClaimsSearchView.as_view(), name="claims-search"),
    re_path(r"^api/", NowhereView.as_view(), name="nowhere"),
]
