"""Writing the config file: one setting at a time, comments and order kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from quizzer.cli.world import config_file
from quizzer.errors import BadUsage, StorageFault


def write_setting(name: str, value: Any) -> Path:
    """Set `name` in the config file and return its path. Raises StorageFault, or BadUsage where it is no TOML."""
    import tomlkit

    path = config_file()
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        document = tomlkit.parse(text)
        document[name] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed: a crash leaves the old file or the new one, never half of one.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(tomlkit.dumps(document))
        Path(file.name).replace(path)
    except (OSError, UnicodeDecodeError) as error:
        message = f"the config file {path} can't be written ({error})"
        raise StorageFault(message, "Mend its folder's permissions") from None
    except tomlkit.exceptions.TOMLKitError as error:
        raise BadUsage(f"the config file {path} is no TOML: {error}", "Mend the line it names") from None
    return path
