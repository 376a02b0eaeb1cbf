"""A badge inside an SVG: put in and read back (Open Badges 3.0 §5.3.2; Open Badges 2.0 Baking).

The drawing is read by expat as a stream of events: nothing is loaded, no entity is ever expanded, and a drawing that
would run or fetch something when shown is refused, so what is kept may be shown. Its document type may be that of the
W3C, which most drawing tools write and nobody reads; any other one, or one with declarations inside, is refused.

Refused with the codes of `bake` and `svg_doctype`, `svg_entity`, `svg_active` (script, event handler, foreign object,
animated link), `svg_outside` (an address outside of the drawing).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from entremise.lib.openbadges.bake import Baked, Carrier, check_payload
from entremise.lib.openbadges.reasons import Refused

SVG = "http://www.w3.org/2000/svg"
PLACES = {  # where the badge is: namespace and name of the element
    Carrier.OB3: ("https://purl.imsglobal.org/ob/v3p0", "credential"),
    Carrier.OB2: ("http://openbadges.org", "assertion"),
}
CARRIERS = {" ".join(place): carrier for carrier, place in PLACES.items()}
KNOWN_DOCTYPES = re.compile(r"-//W3C//DTD SVG 1\.[01](?: (?:Basic|Tiny))?//EN")
ACTIVE = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio", "video"})
ANIMATIONS = frozenset({"set", "animate", "animatetransform", "animatemotion", "animatecolor"})
ADDRESSES = frozenset({"href", "src", "action", "data", "base"})
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
FETCHED = re.compile(  # in CSS: imports, escapes that could hide one, addresses that leave the drawing
    r"""@import|\\|url\s*+\(\s*+["']?+\s*+(?!#|data:image/(?:png|jpeg|gif|webp)[;,])""", re.IGNORECASE
)
TAG = re.compile(rb"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
DECLARED = re.compile(rb"""\sxmlns:openbadges\s*=\s*(?:"[^"]*"|'[^']*')""")
MAX_SVG_BYTES = 3 << 20  # a picture of 2 MB in base64; more, and a tag of a million attributes would take seconds
MAX_ELEMENTS, MAX_DEPTH, MAX_ATTRIBUTES = 50_000, 200, 500


@dataclass(slots=True)
class _Drawing:
    """What one reading of the drawing found."""

    root_at: int = -1
    badges: list[tuple[Carrier, str, str]] = field(default_factory=list)  # carrier, verify, text
    spans: list[tuple[int, int]] = field(default_factory=list)  # of the badges, in bytes
    elements: int = 0


def is_svg(image: bytes) -> bool:
    """Tell whether a file may be an SVG: XML whose first element is `svg`."""
    start = image.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and re.search(rb"<(?:[A-Za-z][\w.-]*:)?svg[\s>/]", image[:65_536]) is not None


def from_svg(image: bytes) -> Baked:
    """Return the badge that the SVG carries."""
    found = _read(image).badges
    if not found:
        raise Refused("image_without_badge")
    if len(found) > 1:
        raise Refused("image_with_several_badges")
    [(carrier, verify, text)] = found
    payload = (verify.strip() or text.strip()).encode()
    if not payload:
        raise Refused("image_without_badge")
    check_payload(payload)
    return Baked(carrier, payload)


def into_svg(image: bytes, payload: bytes, carrier: Carrier) -> bytes:
    """Return the SVG (in UTF-8) with this badge right after its first tag; the one it carried before is replaced."""
    check_payload(payload)
    drawing = _read(image)
    plain = image
    for start, end in reversed(drawing.spans):
        plain = plain[:start] + plain[end:]
    root = TAG.match(plain, drawing.root_at)
    if root is None or root[0].endswith(b"/>"):
        raise Refused("image_malformed")
    namespace, name = PLACES[carrier]
    declared = f' xmlns:openbadges="{namespace}">'.encode()
    opened = DECLARED.sub(b"", root[0])[:-1] + declared
    baked = plain[: root.start()] + opened + _element(payload.decode(), name).encode() + plain[root.end() :]
    if not _carries(baked, Baked(carrier, payload.strip())):  # a character that XML cannot say, another encoding
        raise Refused("image_badge_text")
    return baked


def _carries(image: bytes, badge: Baked) -> bool:
    try:
        return from_svg(image) == badge
    except Refused:
        return False


def _element(payload: str, name: str) -> str:
    if not payload.lstrip().startswith("{"):
        return f'<openbadges:{name} verify="{html.escape(payload)}"></openbadges:{name}>'
    inside = payload.replace("]]>", "]]]]><![CDATA[>")
    return f"<openbadges:{name}><![CDATA[{inside}]]></openbadges:{name}>"


def _read(image: bytes) -> _Drawing:
    if len(image) > MAX_SVG_BYTES:
        raise Refused("image_too_large")
    if not is_svg(image):
        raise Refused("image_kind")
    reader = _Reader(image)
    try:
        reader.parser.Parse(image, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("image_malformed") from error
    return reader.drawing


class _Reader:
    """Follows the events of expat: refuses what acts, keeps the badges and where they are."""

    def __init__(self, image: bytes) -> None:
        self.drawing = _Drawing()
        self._image = image
        self._depth = 0
        self._inside: tuple[Carrier, str, int, int] | None = None  # carrier, verify, start, depth
        self._text: list[str] = []  # of the badge or of the style that is being read
        self._is_style = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self.parser.UnparsedEntityDeclHandler = self._entity
        self.parser.ExternalEntityRefHandler = self.parser.SkippedEntityHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, _name: str, _system: str | None, public: str | None, has_internal_subset: bool) -> None:
        if has_internal_subset or not KNOWN_DOCTYPES.fullmatch(public or ""):
            raise Refused("svg_doctype")

    def _entity(self, *_given: object) -> int:
        raise Refused("svg_entity")

    def _instruction(self, *_given: object) -> None:
        raise Refused("svg_active")  # <?xml-stylesheet?> loads a file

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.drawing.elements += 1
        if self._depth > MAX_DEPTH or self.drawing.elements > MAX_ELEMENTS or len(attributes) > MAX_ATTRIBUTES:
            raise Refused("image_too_large")
        if self.drawing.root_at < 0:
            self._root(name)
        if self._inside:
            raise Refused("image_malformed")  # a badge is text
        if name in CARRIERS:
            start = self.parser.CurrentByteIndex
            self._inside, self._text = (CARRIERS[name], attributes.get("verify", ""), start, self._depth), []
            return
        _refuse_what_acts(_local(name), {_local(one): value for one, value in attributes.items()})
        if self._is_style:
            raise Refused("svg_active")  # a style holds text only
        if _local(name) == "style":
            self._is_style, self._text = True, []

    def _root(self, name: str) -> None:
        if name not in (f"{SVG} svg", "svg"):
            raise Refused("image_kind")
        self.drawing.root_at = self.parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        if self._inside and self._depth == self._inside[3]:
            carrier, verify, start, _ = self._inside
            last = TAG.match(self._image, self.parser.CurrentByteIndex)
            self.drawing.badges.append((carrier, verify, "".join(self._text)))
            self.drawing.spans.append((start, last.end() if last else start))
            self._inside = None
        elif self._is_style and FETCHED.search("".join(self._text)):
            raise Refused("svg_outside")
        self._is_style = False
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._inside or self._is_style:
            self._text.append(text)


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()


def _refuse_what_acts(element: str, attributes: dict[str, str]) -> None:
    """Refuse an element that would run or fetch something when the drawing is shown."""
    if element in ACTIVE or any(one.startswith("on") for one in attributes):
        raise Refused("svg_active")
    if element in ANIMATIONS and _animates(attributes.get("attributename", "")):
        raise Refused("svg_active")
    for name, value in attributes.items():
        if name in ADDRESSES and not _stays_inside(value.strip()):
            raise Refused("svg_active" if "script:" in value.lower() else "svg_outside")
        if (name == "style" or "(" in value) and FETCHED.search(value):
            raise Refused("svg_outside")


def _animates(attribute: str) -> bool:
    local = attribute.rpartition(":")[2].strip().lower()
    return local in ADDRESSES or local.startswith("on")


def _stays_inside(address: str) -> bool:
    return not address or address.startswith("#") or PICTURE.match(address) is not None
