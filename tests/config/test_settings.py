"""Settings: the environment decides, production refuses what only a demo may do, secrets stay secret."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config.secret import kept_secret

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-long-enough-random-text-0123456789-abcdefghijklmnopqrstuvwxyz"
ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def ask(data: Path, *names: str, **environment: str) -> dict[str, object]:
    """The named settings in a process of its own with exactly this environment."""
    done = python(data, ASK, *names, **environment)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def python(data: Path, code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` where nothing but `environment` is set."""
    full = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "CLAIMDESK_DATA": str(data),
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=full, capture_output=True, text=True
    )


def test_without_any_variable_it_is_production_on_sqlite_and_the_embedded_broker(tmp_path):
    found = ask(tmp_path, "PRODUCTION", "DEBUG", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DATABASES")

    assert found.pop("DATABASES")["default"]["NAME"] == str(tmp_path / "claimdesk.sqlite3")
    assert found == {
        "PRODUCTION": True,
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
    }


def test_a_data_folder_may_have_any_name(tmp_path):
    odd = tmp_path / "Ann's desk, 100% ?#;"

    found = ask(odd, "DATABASES", "CELERY_BROKER_TRANSPORT_OPTIONS")

    assert found["DATABASES"]["default"]["NAME"] == str(odd / "claimdesk.sqlite3")
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["folder"] == str(odd / "broker")


def test_sqlite_writes_ahead_and_takes_its_lock_at_once(tmp_path):
    options = ask(tmp_path, "DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


def test_production_does_not_start_without_a_secret_key(tmp_path):
    refused = python(tmp_path, "import config.wsgi", ALLOWED_HOSTS="desk.example.org")
    started = python(tmp_path, "import config.wsgi", SECRET_KEY=SECRET)

    assert refused.returncode == 1
    assert "SECRET_KEY setting must not be empty" in refused.stderr
    assert not (tmp_path / "secret_key").exists()
    assert started.returncode == 0, started.stderr


def test_the_demo_makes_a_secret_key_once_that_only_its_owner_can_read(tmp_path):
    first = ask(tmp_path, "SECRET_KEY", CLAIMDESK_DEMO="1")
    second = ask(tmp_path, "SECRET_KEY", CLAIMDESK_DEMO="1")

    assert first == second
    assert len(first["SECRET_KEY"]) > 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_the_loser_of_a_race_for_the_first_key_reads_the_winners(tmp_path):
    (tmp_path / "secret_key").write_text("winner\n")

    assert kept_secret(tmp_path, make=True) == "winner"
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("postgres://desk:pw@db.example.org:5433/desk", "django.db.backends.postgresql"),
        ("", "django.db.backends.sqlite3"),
    ],
)
def test_the_database_is_the_one_that_its_url_names(tmp_path, url, engine):
    assert ask(tmp_path, "DATABASES", DATABASE_URL=url)["DATABASES"]["default"]["ENGINE"] == engine


def test_redis_as_broker_also_serves_as_cache_and_gives_back_what_a_dead_worker_held(tmp_path):
    found = ask(
        tmp_path,
        *("CACHES", "CELERY_BROKER_TRANSPORT_OPTIONS", "CELERY_TASK_TIME_LIMIT"),
        CELERY_BROKER_URL="redis://127.0.0.1:6379/3",
    )

    assert found["CACHES"]["default"]["LOCATION"] == "redis://127.0.0.1:6379/3"
    options = found["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert options["unacked_restore_throttle"] == 1
    assert options["visibility_timeout"] > found["CELERY_TASK_TIME_LIMIT"]


def test_a_debug_host_is_never_a_wildcard_in_production(tmp_path):
    found = ask(tmp_path, "ALLOWED_HOSTS", CLAIMDESK_HOST="0.0.0.0", ALLOWED_HOSTS="desk.example.org")

    assert found["ALLOWED_HOSTS"] == ["desk.example.org", "127.0.0.1", "localhost", "[::1]"]


def test_every_variable_that_settings_read_is_explained_in_the_example_file():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    told = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read - told == set()
    assert told - read == set()


def test_the_locks_name_no_host_and_no_path_and_hash_every_package():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert not re.search(r"https?://|file:|index-url|find-links|^-", text, re.MULTILINE)
        packages = re.split(r"\n(?=\S)", text)
        assert len(packages) > 50
        assert all("--hash=sha256:" in package for package in packages)
