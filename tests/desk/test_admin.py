"""The admins' room calls things by their names."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import User

OURS = ("accounts", "audit", "claims", "jobs", "reviews", "sources")
BADLY_FORMED = re.compile(r"(s|x|z|ch|sh|evidence)s$|[^aeiou]ys$")


@pytest.mark.django_db
def test_the_admin_site_forms_its_plurals_as_one_speaks(client: Client, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(is_staff=True)
    client.force_login(admin)

    page = client.get("/admin/").text

    for name in ("Matches", "API tokens", "Evidence", "Searches", "Feed entries"):
        assert f">{name}</a>" in page


def test_so_does_every_model() -> None:
    plurals = [
        str(model._meta.verbose_name_plural)
        for app in OURS
        for model in apps.get_app_config(app).get_models()
    ]

    assert [name for name in plurals if BADLY_FORMED.search(name)] == []
