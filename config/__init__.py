"""The top of the house: settings, root urls, the Celery app, and the order of the background steps."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
