"""Dates as feeds and pages write them → ISO 8601; what can't be read is left out rather than guessed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_CHINESE = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})")


def iso(text: str) -> str:
    """The instant with its offset, or the day; "" where the text is no date."""
    text = text.strip()
    if not text or len(text) > 80:
        return ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        pass
    try:
        return _aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    match = _CHINESE.search(text)
    try:
        return datetime(*map(int, match.groups()), tzinfo=UTC).date().isoformat() if match else ""  # type: ignore[arg-type, misc]  # three numbers
    except ValueError:
        return ""


def _aware(when: datetime) -> str:
    return (when if when.tzinfo is not None else when.replace(tzinfo=UTC)).isoformat(timespec="seconds")
