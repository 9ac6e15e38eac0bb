"""Writing the config file: one setting at a time, comments and order kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizzer.cli.world import config_file
from quizzer.errors import BadUsage, StorageFault
from quizzer.wholefile import write_lines


def write_setting(name: str, value: Any) -> Path:
    """Set `name` in the config file and return its path. Raises StorageFault, or BadUsage where it is no TOML."""
    import tomlkit

    path = config_file()
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        document = tomlkit.parse(text)
        document[name] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        write_lines(path, [tomlkit.dumps(document)], "the setting", "Mend its folder's permissions, or make room")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the config file {path} can't be written ({error})"
        raise StorageFault(message, "Mend its folder's permissions") from None
    except tomlkit.exceptions.TOMLKitError as error:
        raise BadUsage(f"the config file {path} is no TOML: {error}", "Mend the line it names") from None
    return path
