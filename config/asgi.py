"""The ASGI application, for servers that prefer it; nothing here needs it."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")  # noqa: TID251 which settings to read

application = get_asgi_application()
assert settings.SECRET_KEY, "reading it refuses to start without one"
