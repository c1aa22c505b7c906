"""The processes of a server: its warehouses, their memory, and how to kill one."""

import contextlib
import os
import signal
from pathlib import Path

from servers import Martinet, wait_for


def warehouses(server: Martinet) -> dict[str, int]:
    """The running warehouse processes by name."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if words[1:2] == ["warehouse"] and f"--data={server.data}" in words:
                name = next(word for word in words if word.startswith("--name="))
                found[name.removeprefix("--name=")] = int(folder.name)
    return found


def kill(server: Martinet, name: str = "bi") -> None:
    """Kills a warehouse and waits until it is gone: a statement sent before has been running in it."""
    pid = warehouses(server)[name]
    os.kill(pid, signal.SIGKILL)
    wait_for("it does not die", lambda: not Path(f"/proc/{pid}").exists())


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
