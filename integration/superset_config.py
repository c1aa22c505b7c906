"""Superset's settings for the tests: SQLite beside the process, cost estimates on, nothing cached."""

import os

_folder = os.environ["SUPERSET_TEST_FOLDER"]

SECRET_KEY = "only-for-tests-and-never-reachable-from-outside"
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_folder}/superset.db?timeout=30"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False
FEATURE_FLAGS = {"ESTIMATE_QUERY_COST": True}
CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
SQLLAB_TIMEOUT = 60
SUPERSET_WEBSERVER_TIMEOUT = 60
