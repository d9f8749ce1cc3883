"""A real browser, and people who sit in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from reviews.models import Rating

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
PATIENCE = 30_000  # ms for anything to happen; machines that test are slow, and shared
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test has windows of its own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium here")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A new window: `window(person, viewport=NARROW)`. What its console complains of fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(person: User | None = None, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{"viewport": WIDE, **options})
        opened.append(context)
        if person is not None:
            signed_in = Client()
            signed_in.force_login(person)
            key = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    yield open_window
    for context in opened:
        context.close()
    expected = ("409", "422", "401")  # the browser reports these answers as failed loads; they are meant
    assert [told for told in complaints if not any(f"status of {code}" in told for code in expected)] == []


@pytest.fixture
def no_findings() -> Callable[[Page], None]:
    """axe finds nothing on this page, and nothing makes it scroll sideways."""

    def look(page: Page) -> None:
        found = Axe().run(page, options=AXE)
        told = [
            (rule["id"], [node["html"][:160] for node in rule["nodes"]])
            for rule in found.response["violations"]
        ]
        assert told == [], page.url
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, page.url

    return look


@pytest.fixture
def newsroom(live_server: Any, scale: list[Rating]) -> list[Rating]:
    """A desk with its scale, served."""
    return scale
