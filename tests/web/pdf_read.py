"""A PDF read with the standard library alone: its objects, its attached files, what PDF/UA asks of it."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n")


def streams(pdf: bytes) -> list[bytes]:
    """Return every compressed stream of a PDF, opened."""
    found = []
    for match in STREAM.finditer(pdf):
        opened = zlib.decompressobj()
        try:
            found.append(opened.decompress(pdf[match.end() :]))
        except zlib.error:
            continue
    return found


def opened(pdf: bytes) -> bytes:
    """Return a PDF with all that it holds compressed."""
    assert pdf.startswith(b"%PDF-1.7")
    return b"\n".join((pdf, *streams(pdf)))


def lacks(pdf: bytes) -> list[str]:
    """Return what a tagged, accessible PDF has and this one has not (ISO 14289-1 §7, as far as bytes tell)."""
    whole = opened(pdf)
    wanted = {
        "marked": rb"/Marked true",
        "structure": rb"/StructTreeRoot",
        "language": rb"/Lang \([a-z]{2}",
        "title shown": rb"/DisplayDocTitle true",
        "title": rb"<dc:title>|/Title",
        "PDF/UA-1": rb"pdfuaid[^<]*>\s*1|pdfuaid:part=\"1\"|part>1<",
        "bookmarks": rb"/Outlines",
        "headings": rb"/S /H1\b",
    }
    missing = [name for name, pattern in wanted.items() if not re.search(pattern, whole)]
    figures, told = len(re.findall(rb"/S /Figure\b", whole)), len(re.findall(rb"/Alt \(|/Alt <", whole))
    return missing + ([] if figures == told else [f"{figures - told} figures without words"])
