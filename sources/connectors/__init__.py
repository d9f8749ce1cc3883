"""The services outside that may be asked about a claim: one file each, one small interface."""

from sources.connectors.archive import Archive
from sources.connectors.base import Connector, Found, Get, Limits, Question
from sources.connectors.feed import Feed
from sources.connectors.gdelt import Gdelt
from sources.connectors.google_factcheck import GoogleFactCheck
from sources.connectors.mediawiki import MediaWiki
from sources.connectors.searxng import SearxNg
from sources.connectors.wikidata import Wikidata

KINDS: dict[str, type[GoogleFactCheck | MediaWiki | Wikidata | Gdelt | SearxNg | Feed | Archive]] = {
    "google_factcheck": GoogleFactCheck,
    "wikipedia": MediaWiki,
    "wikidata": Wikidata,
    "gdelt": Gdelt,
    "searxng": SearxNg,
    "feed": Feed,
    "archive": Archive,
}

__all__ = ["KINDS", "Connector", "Found", "Get", "Limits", "Question"]
