"""Styles and scripts of the demo, which come from where they lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def styles(settings: Any, tmp_path: Path) -> Path:
    """A style sheet of the desk, as it was when the desk was started."""
    settings.STATICFILES_DIRS = [tmp_path]
    path = tmp_path / "desk.css"
    path.write_text("body { color: black }")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_a_file_that_changes_under_a_running_desk_is_served_whole(styles):
    browser = Client()
    before = browser.get("/static/desk.css")
    assert (before.getvalue(), before["Content-Length"]) == (b"body { color: black }", "21")
    styles.write_text("body { color: black; background: white }")
    after = browser.get("/static/desk.css")
    assert (after.getvalue(), after["Content-Length"]) == (b"body { color: black; background: white }", "40")


def test_a_browser_asks_whether_its_copy_is_fresh(styles):
    browser = Client()
    first = browser.get("/static/desk.css")
    assert (first.getvalue(), first["Cache-Control"]) == (b"body { color: black }", "max-age=0, public")
    again = browser.get("/static/desk.css", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304
    styles.write_text("body { color: white }")
    changed = browser.get("/static/desk.css", headers={"If-Modified-Since": first["Last-Modified"]})
    assert changed.getvalue() == b"body { color: white }"


@pytest.mark.parametrize("path", ["/static/../manage.py", "/static/%2e%2e/manage.py", "/static/nothing.css"])
def test_what_is_no_static_file_is_not_served(styles, path):
    assert Client().get(path).status_code == 404
