"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")  # noqa: TID251 which settings to read

application = get_wsgi_application()
assert settings.SECRET_KEY, "reading it refuses to start without one"
