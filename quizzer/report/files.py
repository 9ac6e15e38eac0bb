"""The finished page on disk: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from quizzer.errors import StorageFault


def write(path: Path, html: str) -> None:
    """Write the page to `path` in one step: a reader sees the old page or the new one, never half of either.

    A new file is readable by its owner only (a history is private), an existing one keeps its permissions, a symbolic
    link stays one. Raises StorageFault when it can't be written.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise StorageFault(f"{path} is a folder", "Name a file, for instance report.html")
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(html)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            Path(temporary).chmod(target.stat().st_mode & 0o777)
        Path(temporary).replace(target)
        temporary = None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageFault(
            f"The report can't be written to {path} ({reason})", "Choose another place with -o FILE"
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
