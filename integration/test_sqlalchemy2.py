"""SQLAlchemy 2 with psycopg 3 and with psycopg2: the checks of sqlalchemy_checks.py."""

import pytest
from nested import Outcomes, names_of, run_checks
from servers import Endpoint

CHECKS = names_of("sqlalchemy_checks.py")


@pytest.fixture(scope="module", params=["postgresql+psycopg", "postgresql+psycopg2"])
def outcomes(martinet: Endpoint, request: pytest.FixtureRequest) -> Outcomes:
    return run_checks("integration", "sqlalchemy_checks.py", MARTINET_URL=martinet.uri(request.param))


@pytest.mark.parametrize("check", CHECKS)
def test_sqlalchemy2(outcomes: Outcomes, check: str) -> None:
    outcomes.require(check)
