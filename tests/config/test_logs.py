"""Log lines: one object a line for machines, with the request's id and whatever the caller added."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from common import request_id
from config.logs import JsonFormatter, PlainFormatter


@pytest.fixture
def record():
    made = logging.makeLogRecord(
        {
            "name": "jobs.queue",
            "levelname": "WARNING",
            "msg": "job %s failed",
            "args": (7,),
            "created": 0.5,
            "msecs": 500,
        }
    )
    made.step = "claims.extract"
    return made


@pytest.fixture
def request_in_force():
    return request_id.begin("0123456789abcdef")


def test_a_line_for_machines_holds_time_words_extras_and_the_requests_id(record, request_in_force):
    assert json.loads(JsonFormatter().format(record)) == {
        "at": "1970-01-01T00:00:00.500Z",
        "level": "WARNING",
        "logger": "jobs.queue",
        "message": "job 7 failed",
        "request_id": "0123456789abcdef",
        "step": "claims.extract",
    }


def test_a_line_for_machines_stays_one_line_with_an_error_in_it(record):
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        record.exc_info = sys.exc_info()

    line = JsonFormatter().format(record)

    assert "\n" not in line
    assert "ValueError: first\nsecond" in json.loads(line)["error"]


def test_a_line_for_people_is_in_utc_and_begins_with_the_time(record, request_in_force):
    assert PlainFormatter().format(record) == "1970-01-01 00:00:00 WARNING jobs.queue [01234567] job 7 failed"
