"""Addresses of the public. Published pages keep theirs for good."""

from django.urls import URLPattern, URLResolver, path

from common import converters
from public import feeds, views

converters.register()
app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("published/", views.archive, name="list"),
    path("published/<int:year>/<slug:slug>/", views.page, name="page"),
    path("published/<int:year>/<slug:slug>/history/", views.history, name="history"),
    path("corrections/", views.corrections, name="corrections"),
    path("how-we-check/", views.how, name="how"),
    path("embed/<id:claim_id>/", views.embed, name="embed"),
    path("robots.txt", views.robots, name="robots"),
    path("feeds/latest.atom", feeds.latest, name="latest"),
    path("feeds/latest.json", feeds.latest_json, name="latest_json"),
    path("feeds/corrections.atom", feeds.corrections, name="corrections_feed"),
    path("feeds/claimreview.json", feeds.claimreviews, name="claimreviews"),
]
