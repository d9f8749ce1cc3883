"""App set-up: put the guards back after every migrate."""

from common.apps import GuardedConfig


class ReviewsConfig(GuardedConfig):
    default = True
    name = "reviews"
