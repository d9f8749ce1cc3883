"""Settings, read from the environment (or `.env`) and from nowhere else. `.env.example` explains each variable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")  # the environment itself wins

# What kind of run this is. Production is what is left when nothing else is asked for.
TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", False)
CLAIMDESK_DEMO = env.bool("CLAIMDESK_DEMO", False)
PRODUCTION = not (DEBUG or CLAIMDESK_DEMO or TESTING)
CLAIMDESK_DEMO_PASSWORD = env.str("CLAIMDESK_DEMO_PASSWORD", "")

# Where everything is written, and where we are seen from outside.
_DATA_DEFAULT = BASE_DIR / "var" / "tests" if TESTING else BASE_DIR / "var"
CLAIMDESK_DATA = Path(env.str("CLAIMDESK_DATA", str(_DATA_DEFAULT))).expanduser().resolve()
CLAIMDESK_DATA.mkdir(parents=True, exist_ok=True)
CLAIMDESK_HOST = env.str("CLAIMDESK_HOST", "127.0.0.1")
PORT = env.str("PORT", "8000")
CLAIMDESK_URL = env.str("CLAIMDESK_URL", f"http://{CLAIMDESK_HOST}:{PORT}").rstrip("/")
# Private addresses that may be fetched all the same, as host:port (a test server, an internal archive).
CLAIMDESK_NEWSROOM = env.str("CLAIMDESK_NEWSROOM", "Claimdesk")  # the name under which checks are published
# After how many days a verdict on a number of this type is proposed to be looked at again: "casualty=7,quantity=90".
_HORIZONS = env.list("CLAIMDESK_HORIZONS", default=["casualty=7", "quantity=90"])
CLAIMDESK_HORIZONS = {kind.strip(): int(days) for kind, _, days in (one.partition("=") for one in _HORIZONS)}
CLAIMDESK_FETCH_ALLOW = frozenset(env.list("CLAIMDESK_FETCH_ALLOW", default=[]))

# Whether a rating that needs two independent origins asks for them or a reason ("ask"), hints at it, or neither.
CLAIMDESK_TWO_ORIGINS = env.str("CLAIMDESK_TWO_ORIGINS", "hint")
if CLAIMDESK_TWO_ORIGINS not in {"ask", "hint", "off"}:
    raise ImproperlyConfigured("CLAIMDESK_TWO_ORIGINS is ask, hint or off.")

# A language model as the extractor: any OpenAI-compatible endpoint, up to and with its /v1. Off where not set.
CLAIMDESK_LLM_URL = env.str("CLAIMDESK_LLM_URL", "").rstrip("/")
CLAIMDESK_LLM_MODEL = env.str("CLAIMDESK_LLM_MODEL", "")
CLAIMDESK_LLM_KEY = env.str("CLAIMDESK_LLM_KEY", "")
CLAIMDESK_LLM_SECONDS = env.float("CLAIMDESK_LLM_SECONDS", 60.0)  # for a whole answer
CLAIMDESK_LLM_PER_DAY = env.int(
    "CLAIMDESK_LLM_PER_DAY", 500
)  # requests; after that the local engine reads on
CLAIMDESK_LLM_STANCE = env.bool("CLAIMDESK_LLM_STANCE", False)  # it judges passages too

# A folder with a sentence model (ONNX), by which passages are also found by what they mean. Off where not set.
CLAIMDESK_EMBEDDINGS = env.str("CLAIMDESK_EMBEDDINGS", "")

# A folder with a model of natural language inference (ONNX), which judges passages beside the rules. Off where not set.
CLAIMDESK_NLI = env.str("CLAIMDESK_NLI", "")

# Pages of one host that services and feeds name, a minute, by all workers together.
CLAIMDESK_PAGES_PER_MINUTE = env.float("CLAIMDESK_PAGES_PER_MINUTE", 30.0)
if CLAIMDESK_PAGES_PER_MINUTE <= 0:
    raise ImproperlyConfigured("CLAIMDESK_PAGES_PER_MINUTE is a number above 0.")

# Keys of services outside, by the kind of connector (sources/connectors). They stand nowhere else.
CLAIMDESK_KEYS = {"google_factcheck": env.str("CLAIMDESK_GOOGLE_FACTCHECK_KEY", "")}

SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(CLAIMDESK_DATA, make=not PRODUCTION)
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "127.0.0.1", "localhost", "[::1]"]
if not PRODUCTION:
    ALLOWED_HOSTS += ["*"] if CLAIMDESK_HOST in {"0.0.0.0", "::"} else [CLAIMDESK_HOST]  # noqa: S104 compared, not bound
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[CLAIMDESK_URL] if PRODUCTION else [])

INSTALLED_APPS = [
    "config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "axes",
    "csp",
    "accounts",
    "audit",
    "jobs",
    "claims",
    "sources",
    "reviews",
    "desk",
    "api",
    "public",
]

MIDDLEWARE = [
    "common.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.asked.CleanQueryMiddleware",
    "desk.wrong_method.WrongMethodMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as its documentation asks
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The database. SQLite needs immediate transactions: a deferred one that reads and then writes fails at once
# with "database is locked" when another wrote in between, whatever the timeout says.
_database = (
    env.db_url("DATABASE_URL")
    if env.str("DATABASE_URL", "")
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(CLAIMDESK_DATA / "claimdesk.sqlite3"),
    }
)
DATABASES = {"default": _database}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-16000; PRAGMA journal_size_limit=27000000;"
        ),
    }
    # A file, not memory: tests with threads need real locks. One for each run of the tests.
    _database["TEST"] = {"NAME": str(CLAIMDESK_DATA / f"test-{os.getpid()}.sqlite3")}
else:
    _database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    _database["CONN_HEALTH_CHECKS"] = True

# Background work. A message only wakes a worker; the job row in the database is the truth.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "") or f"folder://{CLAIMDESK_DATA / 'broker'}"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if CELERY_BROKER_URL.startswith("folder://"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "folder": CELERY_BROKER_URL.removeprefix("folder://"),
        "polling_interval": 0.1,  # seconds: 86 ms from send to start, 0.2 % of a core when idle
    }
    CELERY_BROKER_URL = "folder://localhost"
elif CELERY_BROKER_URL.startswith(("redis://", "rediss://")):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,  # longer than the hard time limit and the longest countdown
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 30,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", TESTING)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # the sweep rings again; a page must not wait for a broker
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300  # jobs.queue.LEASE is longer
CELERY_IMPORTS = ["config.heartbeat"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(CLAIMDESK_DATA / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "jobs.tasks.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "ask_again": {"task": "config.tasks.ask_again", "schedule": 60.0, "options": {"expires": 60}},
    "watch": {"task": "config.tasks.watch", "schedule": 60.0, "options": {"expires": 60}},
    "recheck": {"task": "config.tasks.recheck", "schedule": 900.0, "options": {"expires": 900}},
    "search_again": {"task": "config.tasks.search_again", "schedule": 3600.0, "options": {"expires": 3600}},
    "nightly": {"task": "config.tasks.nightly", "schedule": crontab(hour="2", minute="30")},
}
JOBS_PIPELINE = "config.pipeline.PIPELINE"

# Cache: Redis where there is one, each process its own memory where there is none.
_redis = env.str("REDIS_URL", CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis}
        if _redis and not TESTING
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# People.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/queue/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger cannot lock out a colleague
AXES_RESET_ON_SUCCESS = True
AXES_ENABLED = env.bool("AXES_ENABLED", not TESTING)
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"

# Security. Over plain HTTP only where nobody but this machine listens: the demo, debugging, tests.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("SECURE_COOKIES", PRODUCTION)
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the container's own health check
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", PRODUCTION)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # preloading HSTS binds a whole domain for years: its owner decides
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20  # an article of 10 MB is refused with a sentence, not by the server
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Words, time, files, mail.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(CLAIMDESK_DATA / "static")))
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected there, but its absence is warned of
STATICFILES_DIRS = [BASE_DIR / "static"]
# The demo serves static files from where they lie, without collecting them first. It looks at each when it is asked
# for: a newer version under a running desk is served whole, and browsers ask whether theirs is fresh.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_MAX_AGE = 60 if PRODUCTION else 0  # seconds, for names without a hash
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = str(CLAIMDESK_DATA / "files")  # WARC records of what was looked at; served by views alone
EMAIL_FILE_PATH = str(CLAIMDESK_DATA / "mail")
if env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Claimdesk <claimdesk@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "config.logs.PlainFormatter"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": env.str("LOG_FORMAT", "plain")},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": []},  # instead of a console of its own beside ours
        "django.server": {"handlers": ["console"], "propagate": False},
        "httpx": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}

# The API.
REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.auth.TokenAuthentication",  # first: its challenge goes with every 401
        "rest_framework.authentication.SessionAuthentication",  # with CSRF: the docs page of those who are logged in
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.auth.HasScope"],
    "DEFAULT_PARSER_CLASSES": ["api.body.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.PerToken", "api.throttling.PerAddress"],
    "DEFAULT_THROTTLE_RATES": {
        "token": env.str("API_RATE", "600/min"),
        "address": env.str("API_RATE_WITHOUT_TOKEN", "60/min"),
        "wrong_token": env.str("API_RATE_WRONG_TOKEN", "30/min"),
    },
    "NUM_PROXIES": 1
    if env.bool("BEHIND_PROXY", False)
    else 0,  # else a made-up X-Forwarded-For escapes the count
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.problems.handler",
    "URL_FORMAT_OVERRIDE": None,
    "COMPACT_JSON": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
SPECTACULAR_SETTINGS: dict[str, object] = {
    "TITLE": "Claimdesk API",
    "DESCRIPTION": "Submit articles, follow their claims through the work, read what was published. See docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "list", "tryItOutEnabled": True},
    "ENUM_NAME_OVERRIDES": {
        "ClaimStatus": "claims.lifecycle.Status",
        "PublicStatus": ["published", "retracted"],
        "ClaimType": "claims.lifecycle.ClaimType",
        "Anchor": "claims.lifecycle.Anchor",
        "Priority": "claims.lifecycle.Priority",
        "Origin": "claims.models.Claim.Origin",
        "JobState": "jobs.models.Job.State",
        "VerdictState": "claims.lifecycle.VerdictState",
        "Stance": "sources.models.Evidence.Stance",
        "FigureState": "sources.models.Figure.State",
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.add_problems"],
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests log in thousands of times
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
