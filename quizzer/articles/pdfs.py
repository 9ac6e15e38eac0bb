"""PDF → text, by pypdf. Formulas come out as loose signs: that is a loss, and is told as one."""

from __future__ import annotations

import io
import re

from quizzer.articles.dates import iso
from quizzer.articles.losses import with_losses
from quizzer.errors import BadInput
from quizzer.model import Article, Loss, Reading

_MOST_PAGES = 300
_MATH = re.compile(r"[∑∏∫√∂∇∈≤≥≠≈∞αβγδεθλμπσφω𝑎-𝜛]")


def read_pdf(data: bytes, name: str = "") -> Reading:
    """The text of a PDF, page by page. Raises BadInput where it is damaged or locked."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    warnings: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput("the PDF is locked with a password", "Save a copy without one")
        pages = list(reader.pages[:_MOST_PAGES])
        if len(reader.pages) > _MOST_PAGES:
            warnings.append(f"only the first {_MOST_PAGES} of {len(reader.pages)} pages were read")
        texts, unread = [], []
        for number, page in enumerate(pages, 1):
            try:
                texts.append(page.extract_text() or "")
            except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
                unread.append(number)
        about = reader.metadata
    except DependencyError:  # for newer ciphers pypdf needs another library
        raise BadInput("the PDF is encrypted", "Save a copy without a password") from None
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        raise BadInput(f"the PDF can't be read ({str(error)[:100]})", "See whether it opens elsewhere") from None
    if unread:
        warnings.append(f"page {', '.join(map(str, unread))} could not be read")
    text = _joined(texts)
    if not text.strip():
        warnings.append("the PDF holds no text; it may be scanned images")
    title = " ".join(str(about.title if about is not None and about.title else "").split())
    when = about.get("/CreationDate") if about is not None else None
    match = re.match(r"D:(\d{4})(\d{2})(\d{2})", str(when or ""))
    losses = (
        (Loss("formulas of a PDF come out as loose signs; compare them with the page"),) if _MATH.search(text) else ()
    )
    title = title or next((line.strip() for line in text.split("\n") if line.strip()), "")[:120] or name
    article = Article(title, text, "", iso("-".join(match.groups())) if match else "", losses=losses)
    return Reading("article", title, (with_losses(article),), "pdf", "", tuple(warnings))


def _joined(pages: list[str]) -> str:
    """Lines of one paragraph joined again, words cut at the line's end mended, page numbers left out."""
    paragraphs: list[str] = []
    for page in pages:
        for line in page.split("\n"):
            line = " ".join(line.split())
            if re.fullmatch(r"\d{1,4}|[-–—] ?\d{1,4} ?[-–—]", line):
                continue
            before = paragraphs[-1] if paragraphs else ""
            if not line:
                if before:
                    paragraphs.append("")
            elif not before or re.search(r"[.!?:。！？：]$", before) or re.match(r"(?:\d+(?:\.\d+)*|[-•*])\s", line):
                paragraphs.append(line)
            elif re.search(r"[a-z]-$", before) and line[0].islower():
                paragraphs[-1] = before[:-1] + line
            elif re.search(r"[\u3000-\u9fff]$", before) and re.match(r"[\u3000-\u9fff]", line):
                paragraphs[-1] = before + line
            elif len(before.rsplit("\n", 1)[-1]) > 40:
                paragraphs[-1] = f"{before} {line}"
            else:
                paragraphs.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(part for part in paragraphs if part)).strip()
