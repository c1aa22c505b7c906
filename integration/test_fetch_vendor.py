"""scripts/fetch-vendor takes only what the manifest pins, and says what is wrong with the rest."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "fetch-vendor"
CONTENT = b"a library"
WHEEL = "pinnedpart-1.0-py3-none-any.whl"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A folder with one wheel, which pip is told to take for the package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    with zipfile.ZipFile(folder / WHEEL, "w") as wheel:
        wheel.writestr("pinnedpart/part.so", CONTENT)
        wheel.writestr(
            "pinnedpart-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: pinnedpart\nVersion: 1.0\n"
        )
        wheel.writestr("pinnedpart-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("pinnedpart-1.0.dist-info/RECORD", "")
    return folder


def fetch(tmp_path: Path, index: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    part = {
        "package": "pinnedpart",
        "version": "1.0",
        "kind": "wheel",
        "file": WHEEL,
        "sha256": sha256((index / WHEEL).read_bytes()) if (index / WHEEL).exists() else "",
        "member": "pinnedpart/part.so",
        "target": "lib/part.so",
        "target_sha256": sha256(CONTENT),
        **changes,
    }
    lock = tmp_path / "vendor.lock"
    lock.write_text("[[part]]\n" + "".join(f'{name} = "{value}"\n' for name, value in part.items()))
    return subprocess.run(
        [sys.executable, str(SCRIPT), "--lock", str(lock), "--vendor", str(tmp_path / "vendor")],
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_part_is_placed_once(tmp_path: Path, index: Path) -> None:
    first = fetch(tmp_path, index)
    assert (first.returncode, first.stderr) == (0, "")
    assert (tmp_path / "vendor/duckdb/lib/part.so").read_bytes() == CONTENT
    assert first.stdout == "fetched lib/part.so from pinnedpart 1.0\n"
    pinned = sha256((index / WHEEL).read_bytes())
    (index / WHEEL).unlink()
    again = fetch(tmp_path, index, sha256=pinned)
    assert (again.returncode, again.stdout) == (0, "")


def test_a_damaged_part_is_replaced(tmp_path: Path, index: Path) -> None:
    fetch(tmp_path, index)
    (tmp_path / "vendor/duckdb/lib/part.so").write_bytes(b"damaged")
    assert fetch(tmp_path, index).returncode == 0
    assert (tmp_path / "vendor/duckdb/lib/part.so").read_bytes() == CONTENT


@pytest.mark.parametrize("name", ["sha256", "target_sha256"])
def test_another_checksum_is_refused(tmp_path: Path, index: Path, name: str) -> None:
    result = fetch(tmp_path, index, **{name: "0" * 64})
    assert result.returncode == 1
    assert "has another checksum than the one pinned" in result.stderr
    assert not (tmp_path / "vendor/duckdb/lib/part.so").exists()
    assert [path.name for path in (tmp_path / "vendor/duckdb").iterdir()] == ["lib"]


def test_a_part_that_cannot_be_had_is_named(tmp_path: Path, index: Path) -> None:
    result = fetch(tmp_path, index, version="2.0")
    assert result.returncode == 1
    assert "pinnedpart==2.0 could not be downloaded" in result.stderr
