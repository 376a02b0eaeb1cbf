"""The text of a file, chunk by chunk: unpacked with a limit, decoded whatever its encoding."""

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import IO, Final

from entremise.lib.cells import gettext_noop
from entremise.lib.offerfeeds.lines import CHUNK, FeedRefused

GZIP: Final = b"\x1f\x8b"
ZIP: Final = b"PK\x03\x04"
LARGEST: Final = 1_000_000_000  # bytes once unpacked
WIDEST: Final = 200  # a file packed tighter than this is a bomb, not a list of offers
_SLACK: Final = 10_000_000  # a small file may be very regular
_BOMB: Final = gettext_noop("Ce fichier compressé se déploie démesurément : envoyez-le sans compression.")
_LARGE: Final = gettext_noop("Ce fichier dépasse 1 Go : envoyez-le en plusieurs fois.")
_ZIPPED: Final = gettext_noop("Ce fichier est une archive ZIP : envoyez le fichier lui-même, ou compressé en .gz.")
_BINARY: Final = gettext_noop("Ce fichier n'est ni du JSON, ni du CSV, ni du XML.")
_EMPTY: Final = gettext_noop("Ce fichier est vide.")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9._-]{1,30})["']""")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows does: old systems mix both in one file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_WINDOWS[byte] for byte in wrong), error.end


_WINDOWS: Final = [bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(256)]
codecs.register_error("feed-windows", _as_windows)


class Source:
    """A file read once: `chunks` gives its text; `is_cut` tells, at the end, that its compression stops short."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.is_cut = False
        self._bytes = self._unpacked(stream)
        head = b""
        while len(head) < 4096 and (piece := next(self._bytes, b"")):
            head += piece
        if not head.strip(b"\0 \r\n\t"):
            raise FeedRefused(_EMPTY)
        if head.startswith(ZIP):
            raise FeedRefused(_ZIPPED)
        self.head = head
        self.encoding, skipped = _encoding(head)
        self._first = head[skipped:]
        if self.encoding == "utf-8" and b"\0" in head:
            raise FeedRefused(_BINARY)

    def chunks(self) -> Iterator[str]:
        """Yield the text."""
        errors = "feed-windows" if self.encoding == "utf-8" else "replace"
        decoder = codecs.getincrementaldecoder(self.encoding)(errors)
        yield decoder.decode(self._first)
        for piece in self._bytes:
            yield decoder.decode(piece)
        if rest := decoder.decode(b"", final=True):
            yield rest

    def _unpacked(self, stream: IO[bytes]) -> Iterator[bytes]:
        first = stream.read(CHUNK)
        packed = first.startswith(GZIP)
        unpack = _Unpacker() if packed else None
        read = given = 0
        while first:
            read += len(first)
            for piece in unpack.feed(first) if unpack else [first]:
                given += len(piece)
                if given > LARGEST:
                    raise FeedRefused(_LARGE)
                if packed and given > _SLACK + WIDEST * read:
                    raise FeedRefused(_BOMB)
                yield piece
            first = stream.read(CHUNK)
        self.is_cut = unpack is not None and not unpack.is_whole


class _Unpacker:
    """Unpack gzip piece by piece, each small whatever it holds."""

    def __init__(self) -> None:
        self.inner = zlib.decompressobj(wbits=31)
        self.is_whole = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """Yield what these bytes hold; what follows a damaged place is lost."""
        while packed and not self.is_whole:
            try:
                yield self.inner.decompress(packed, CHUNK)
            except zlib.error:
                return
            packed = self.inner.unconsumed_tail
            if self.inner.eof:
                packed = self.inner.unused_data
                if packed.startswith(GZIP):  # several members in one file
                    self.inner = zlib.decompressobj(wbits=31)
                else:
                    self.is_whole = True


def _encoding(head: bytes) -> tuple[str, int]:
    """Return the encoding of a file, and how many bytes its mark takes."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, len(mark)
    pairs = head[:400]
    if len(pairs) > 3 and pairs[1::2].count(0) > len(pairs) // 3:
        return "utf-16-le", 0
    if len(pairs) > 3 and pairs[0::2].count(0) > len(pairs) // 3:
        return "utf-16-be", 0
    declared = _DECLARED.match(head.lstrip())
    if declared:
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
        except LookupError:
            return "utf-8", 0
        if name.startswith(("iso8859", "cp125")):
            return ("cp1252" if name == "iso8859-1" else name), 0
    return "utf-8", 0
