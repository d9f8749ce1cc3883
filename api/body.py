"""The body of a request: JSON in UTF-8, of a bounded size."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import IO, Any, NoReturn  # a parsed body may be anything

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.problems import TooLarge

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # one half of a surrogate pair, as JSON may write emoji


class JSONParser(BaseParser):
    """Reads JSON whatever charset the header claims (RFC 8259: it is UTF-8), and no more bytes than the limit."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge(f"The request is too large: {limit // 1024 // 1024} MB at most.")
        try:
            text = body.decode("utf-8-sig")
            parsed = json.loads(text, parse_constant=_refuse)
            if _HALF.search(text):
                json.dumps(parsed, ensure_ascii=False).encode()  # fails for a half without its other half
        except RecursionError:
            raise ParseError("This JSON is nested too deeply.") from None
        except UnicodeError:
            raise ParseError("This is not UTF-8, or has half a character in it.") from None
        except ValueError as error:
            raise ParseError(f"This is not JSON: {error}.") from None
        return parsed


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")
