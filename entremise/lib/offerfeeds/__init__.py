"""Read a partner's file of offers line by line: JSON, CSV or XML, compressed or not, in any usual encoding.

`FeedReader` yields `Line` (its number and its fields, in our names) or `BadLine` (its number and a sentence): a bad
line never loses a good one, a file cut in the middle gives what was before the cut. Nothing is held in memory but the
offer being read. HTML becomes plain text. The fields are told in `fields`; sentences are French, to translate.
"""

from entremise.lib.offerfeeds.fields import FIELDS, told
from entremise.lib.offerfeeds.lines import BadLine, FeedRefused, Line
from entremise.lib.offerfeeds.plain import to_plain
from entremise.lib.offerfeeds.reader import FeedReader, Form

__all__ = ["FIELDS", "BadLine", "FeedReader", "FeedRefused", "Form", "Line", "to_plain", "told"]
