"""A disk that is full during a write: a clear error, nothing half written, and the server goes on."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from servers import Martinet

pytestmark = pytest.mark.martinet_only
SIZE_BYTES = 48 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.getuid() != 0:
        pytest.skip("needs root to mount a small disk")
    options = f"size={SIZE_BYTES},mode=0700"
    result = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
    if result.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    server = Martinet(small_disk)
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.start()
    try:
        with server.endpoint.connect() as connection:
            connection.execute("create table small as select i from generate_series(1, 1000) t(i)")
            with pytest.raises(psycopg.Error) as caught:
                connection.execute(
                    "create table large as"
                    " select i, md5(i::text) as a, md5((i + 1)::text) as b"
                    " from generate_series(1, 3000000) t(i)"
                )
            assert caught.value.sqlstate in ("53100", "58030"), str(caught.value)
            assert str(server.data) not in str(caught.value)
            assert connection.execute("select count(*) from small").fetchone() == (1000,)
            assert connection.execute("select to_regclass('large')").fetchone() == (None,)
            connection.execute("insert into small values (0)")
            assert connection.execute("select count(*) from small").fetchone() == (1001,)
    finally:
        status = server.stop()
    assert status == 0
