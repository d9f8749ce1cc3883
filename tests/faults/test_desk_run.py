"""`make run`, as a newcomer meets it: what it says, what it refuses, and how it ends."""

from __future__ import annotations

import signal
import time

import httpx
import pytest

from tests.faults.desk import PATIENCE, a_desk, free_port, wait_for

pytestmark = pytest.mark.faults

STOPS_WITHIN = 30.0  # seconds; supervision gives work in hand 6, and a busy machine takes its time


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with a_desk(tmp_path_factory.mktemp("desk")) as running:
        running.start()
        yield running


def test_it_prints_the_address_and_a_login_for_each_role(desk):
    said = desk.output.read_text()

    assert f"Claimdesk is ready: {desk.address}/" in said
    assert "password demo-desk" in said
    for login in ("checker   fact-checker", "checker2  fact-checker", "editor    editor", "admin     admin"):
        assert login in said


@pytest.mark.parametrize("username", ["checker", "checker2", "editor", "admin"])
def test_each_demo_login_works(desk, username):
    with httpx.Client(
        base_url=desk.address, trust_env=False, follow_redirects=True, timeout=PATIENCE
    ) as browser:
        form = browser.get("/login/")
        answer = browser.post(
            "/login/",
            data={
                "username": username,
                "password": "demo-desk",
                "csrfmiddlewaretoken": browser.cookies["csrftoken"],
            },
        )

    assert form.status_code == 200
    assert (answer.status_code, answer.url.path) == (200, "/queue/")


def test_a_second_desk_on_the_same_folder_is_refused_and_told_what_to_do(desk):
    refused = desk.run("manage.py", "desk_run", PORT=str(free_port()))

    assert refused.returncode == 1
    assert f"A desk runs on {desk.data} already (process" in refused.stdout
    assert "CLAIMDESK_DATA=elsewhere make run" in refused.stdout
    assert desk.ready()


def test_a_port_in_use_is_named_with_a_way_out(desk, tmp_path):
    refused = desk.run("manage.py", "desk_run", CLAIMDESK_DATA=str(tmp_path))

    assert refused.returncode == 1
    assert f"Nothing can listen on port {desk.port} of 127.0.0.1 (Address already in use)" in refused.stdout
    assert f"PORT={desk.port % 60000 + 1} make run" in refused.stdout
    assert "Traceback" not in refused.stdout


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"PORT": "eighty"}, "PORT=eighty is not a port: give a number from 1 to 65535."),
        ({"PORT": "99999"}, "PORT=99999 is not a port"),
        ({"CLAIMDESK_HOST": "203.0.113.7"}, "Nothing can listen on port"),
        ({"CLAIMDESK_DEMO": "0"}, "Set SECRET_KEY to a long random text"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_in_one_sentence(desk, tmp_path, wrong, words):
    refused = desk.run(
        "manage.py", "desk_run", **{"CLAIMDESK_DATA": str(tmp_path), "PORT": str(free_port()), **wrong}
    )

    assert refused.returncode == 1
    assert words in refused.stdout
    assert "Traceback" not in refused.stdout


def test_it_stops_on_sigterm_within_seconds_leaves_no_process_and_starts_again_with_its_data(tmp_path):
    with a_desk(tmp_path) as desk:
        desk.start()
        wait_for(lambda: len(desk.pids("celery")) >= 4, "the worker, its two processes, and beat")

        took = _stop(desk, signal.SIGTERM)

        assert took < STOPS_WITHIN
        articles = desk.ask("SELECT count(*), max(id) FROM claims_article")
        people = desk.ask("SELECT id, password FROM accounts_user ORDER BY id")
        desk.output.write_text("")
        desk.start()
        assert desk.said("kept as you left it")
        assert desk.ask("SELECT count(*), max(id) FROM claims_article") == articles
        assert desk.ask("SELECT id, password FROM accounts_user ORDER BY id") == people


def test_an_empty_desk_starts_without_the_demo_stops_on_ctrl_c_and_outlives_no_supervisor(tmp_path):
    with a_desk(tmp_path, CLAIMDESK_DEMO="0", DEBUG="1") as desk:
        desk.start()
        assert desk.ask("SELECT count(*) FROM accounts_user") == [(0,)]

        took = _stop(desk, signal.SIGINT)

        assert took < STOPS_WITHIN
        assert "password" not in desk.output.read_text()
        desk.start()
        desk.kill("supervisord")
        wait_for(
            lambda: desk.pids() == [],
            "nothing to outlive a supervisor that was killed",
            patience=STOPS_WITHIN,
        )


def _stop(desk, sent):
    began = time.monotonic()
    desk.stop(sent)
    took = time.monotonic() - began
    wait_for(lambda: desk.pids() == [], "every process to be gone", patience=STOPS_WITHIN)
    return took
