"""Where data and settings belong. On Linux by the XDG rules right here, since the library for it costs a tenth of a
quick start; everywhere else the library knows better."""

from __future__ import annotations

import os
import sys


def data_folder() -> str:
    """The user's data folder for quizzer."""
    if sys.platform == "linux":
        return _xdg("XDG_DATA_HOME", ".local/share")
    import platformdirs

    return platformdirs.user_data_dir("quizzer", appauthor=False)


def config_file() -> str:
    """The config file: QUIZZER_CONFIG, else config.toml in the user's config folder."""
    if os.environ.get("QUIZZER_CONFIG"):
        return os.environ["QUIZZER_CONFIG"]
    if sys.platform == "linux":
        return _xdg("XDG_CONFIG_HOME", ".config") + "/config.toml"
    import platformdirs

    return os.path.join(platformdirs.user_config_dir("quizzer", appauthor=False), "config.toml")  # noqa: PTH118 - as above


def _xdg(variable: str, usual: str) -> str:
    base = os.environ.get(variable, "")
    # The XDG rules say that a relative path is to be ignored.
    if not base.startswith("/"):
        base = os.path.expanduser(f"~/{usual}")  # noqa: PTH111 - pathlib costs a tenth of the quickest start
    return f"{base}/quizzer"
