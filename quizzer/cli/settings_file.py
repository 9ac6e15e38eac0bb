"""Writing the config file: one setting at a time, comments and order kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizzer.cli.world import config_file
from quizzer.errors import BadUsage, StorageFault
from quizzer.settings import SETTINGS
from quizzer.views.wrap import wrap
from quizzer.wholefile import write_lines


def write_names() -> tuple[Path, list[str]]:
    """Name every setting that the config file does not name yet, as comments with the default; its path, and which.

    Nothing that stands in it is changed. Raises StorageFault, or BadUsage where it is no TOML.
    """
    import tomlkit

    path = config_file()
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        there = {line.lstrip("# ").partition("=")[0].strip() for line in text.splitlines() if "=" in line}
        there |= set(tomlkit.parse(text))
        missing = [setting for setting in SETTINGS if setting.name not in there]
        lines = [] if text or not missing else ["# quizzer's settings: take the # off a line to change it.", ""]
        for setting in missing:
            lines += [f"# {line}" for line in wrap(setting.doc, 98)]
            lines += [f"# {setting.name} = {tomlkit.item(setting.default).as_string()}", ""]
        if missing:
            path.parent.mkdir(parents=True, exist_ok=True)
            head = text if not text or text.endswith("\n") else f"{text}\n"
            whole = head + ("\n" if text else "") + "\n".join(lines)
            write_lines(path, [whole], "the settings", "Mend its folder's permissions, or make room")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the config file {path} can't be written ({error})"
        raise StorageFault(message, "Mend its folder's permissions") from None
    except tomlkit.exceptions.TOMLKitError as error:
        raise BadUsage(f"the config file {path} is no TOML: {error}", "Mend the line it names") from None
    return path, [setting.name for setting in missing]


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
