"""A feed opened for reading: which form it has, then its offers one by one."""

from collections.abc import Iterator
from enum import StrEnum
from typing import IO

from entremise.lib.offerfeeds.csv_form import CsvOffers
from entremise.lib.offerfeeds.json_form import JsonOffers
from entremise.lib.offerfeeds.lines import BadLine, Line
from entremise.lib.offerfeeds.source import Source
from entremise.lib.offerfeeds.xml_form import XmlOffers


class Form(StrEnum):
    """How a feed is written."""

    JSON = "json"
    CSV = "csv"
    XML = "xml"


class FeedReader:
    """The offers of a feed, in its order; `is_cut` tells, once read, that the file stops short.

    A line's number is that of the text for CSV and for one object a line; the rank of the offer otherwise.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._source = Source(stream)
        start = self._source.head.decode(self._source.encoding, "ignore").lstrip("\ufeff \r\n\t")[:1]
        self.form = {"[": Form.JSON, "{": Form.JSON, "<": Form.XML}.get(start, Form.CSV)
        readers: dict[Form, type[JsonOffers | XmlOffers | CsvOffers]] = {
            Form.JSON: JsonOffers,
            Form.XML: XmlOffers,
            Form.CSV: CsvOffers,
        }
        self._offers = readers[self.form](self._source.chunks())

    def __iter__(self) -> Iterator[Line | BadLine]:
        return iter(self._offers)

    @property
    def is_cut(self) -> bool:
        """Tell whether the file stops in the middle; known once everything was read."""
        return self._offers.is_cut or self._source.is_cut
