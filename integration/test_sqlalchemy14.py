"""SQLAlchemy 1.4 with psycopg2, as Superset pins them: the checks of sqlalchemy_checks.py."""

import pytest
from nested import Outcomes, names_of, run_checks
from servers import Endpoint

CHECKS = names_of("sqlalchemy_checks.py")


@pytest.fixture(scope="module")
def outcomes(martinet: Endpoint) -> Outcomes:
    return run_checks(
        "sqlalchemy14", "sqlalchemy_checks.py", MARTINET_URL=martinet.uri("postgresql+psycopg2")
    )


@pytest.mark.parametrize("check", CHECKS)
def test_sqlalchemy14(outcomes: Outcomes, check: str) -> None:
    outcomes.require(check)
