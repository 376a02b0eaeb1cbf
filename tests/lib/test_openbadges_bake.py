"""Badges inside images: what goes in comes out, other people's tools read it, and hostile images are refused."""

import io
import json
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib import baking as theirs
from PIL import Image, PngImagePlugin

from entremise.lib.openbadges import bake, bake_svg
from entremise.lib.openbadges.bake import Baked, Carrier
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import DRAWN, PNG_END, PNG_HEADER, chunk, png

BADGE = json.dumps(
    {"id": "urn:uuid:1", "name": 'Accueillir — é ’ ® \U0001f3c5 e\u0301 ]]> <&"'}, ensure_ascii=False
).encode()
TOKEN = b"eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl-_"
# As the samples simple-json.svg and simple-jwt.svg of the 1EdTech validator begin: a document type, a badge on its own
# lines. The drawing is ours.
SAMPLE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" x="0px" y="0px" viewBox="0 0 9 9"
  enable-background="new 0 0 9 9" xml:space="preserve">
  {badge}
  <g><circle cx="4" cy="3" r="4"/></g>
</svg>"""


def itxt(text: bytes, keyword: bytes = b"openbadgecredential", flag: bytes = b"\0", method: bytes = b"\0") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + flag + method + b"fr\0badge\0" + text)


def refusal(act, *given) -> str:
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value.code


@pytest.mark.parametrize("carrier", list(Carrier))
@pytest.mark.parametrize("payload", [BADGE, TOKEN])
def test_a_badge_put_in_an_image_comes_out_byte_for_byte(carrier, payload):
    assert bake.from_png(bake.into_png(png(), payload, carrier)) == Baked(carrier, payload)
    assert bake_svg.from_svg(bake_svg.into_svg(DRAWN, payload, carrier)) == Baked(carrier, payload)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), min_size=1))
def test_whatever_json_says_is_carried(said):
    payload = json.dumps(said).encode()
    assert bake.from_png(bake.into_png(png(), payload, Carrier.OB3)).payload == payload
    assert bake_svg.from_svg(bake_svg.into_svg(DRAWN, payload, Carrier.OB3)).payload == payload


def test_a_baked_png_has_one_uncompressed_chunk_before_its_end():
    baked = bake.into_png(png(), BADGE, Carrier.OB3)
    assert baked == png(end=chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + BADGE) + PNG_END)


def test_pillow_still_opens_the_baked_image_and_reads_the_same_text():
    plain = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(plain, "png")
    image = Image.open(io.BytesIO(bake.into_png(plain.getvalue(), BADGE, Carrier.OB3)))
    image.load()
    assert image.getpixel((3, 3)) == (0, 128, 128)
    assert image.text["openbadgecredential"] == BADGE.decode()


def test_an_animated_png_keeps_its_frames():
    plain = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(plain, "png", save_all=True, append_images=frames[1:])
    baked = bake.into_png(plain.getvalue(), TOKEN, Carrier.OB3)
    assert Image.open(io.BytesIO(baked)).n_frames == 3
    assert bake.from_png(baked).payload == TOKEN


@pytest.mark.parametrize("first", list(Carrier))
@pytest.mark.parametrize("second", list(Carrier))
def test_baking_again_replaces(first, second):
    png_twice = bake.into_png(bake.into_png(png(), b'{"old":1}', first), BADGE, second)
    svg_twice = bake_svg.into_svg(bake_svg.into_svg(DRAWN, b'{"old":1}', first), BADGE, second)
    assert bake.from_png(png_twice) == bake_svg.from_svg(svg_twice) == Baked(second, BADGE)
    assert b"old" not in png_twice + svg_twice
    assert svg_twice == bake_svg.into_svg(DRAWN, BADGE, second)


@pytest.mark.parametrize(
    ("carrier", "keyword", "element"),
    [
        (Carrier.OB3, theirs.ITXT_KEYWORD_OB3, theirs.SVG_ELEMENT_OB3),
        (Carrier.OB2, theirs.ITXT_KEYWORD, theirs.SVG_ELEMENT),
    ],
)
def test_openbadgeslib_reads_ours_and_we_read_theirs(carrier, keyword, element):
    namespace = bake_svg.PLACES[carrier][0]
    for payload in (BADGE.decode(), TOKEN.decode()):
        assert theirs.extract_png(bake.into_png(png(), payload.encode(), carrier), keyword=keyword) == payload
        ours = bake_svg.into_svg(DRAWN, payload.encode(), carrier)
        assert theirs.extract_svg(ours, element=element, text_fallback=True) == payload
        baked = theirs.bake_png(png(), payload, "a comment", keyword=keyword)
        assert bake.from_png(baked) == Baked(carrier, payload.encode())
        drawn = theirs.bake_svg(
            DRAWN, payload, "a comment", element=element, namespace=namespace, as_text=payload.startswith("{")
        )
        assert bake_svg.from_svg(drawn) == Baked(carrier, payload.encode())


def test_samples_written_as_those_of_1edtech_are_read():
    said = BADGE.decode().replace("]]>", "")
    inside = f"<openbadges:credential>\n    <![CDATA[\n      {said}\n    ]]>\n  </openbadges:credential>"
    assert json.loads(bake_svg.from_svg(SAMPLE.format(badge=inside).encode()).payload)["id"] == "urn:uuid:1"
    outside = f'<openbadges:credential verify="{TOKEN.decode()}"></openbadges:credential>'
    assert bake_svg.from_svg(SAMPLE.format(badge=outside).encode()) == Baked(Carrier.OB3, TOKEN)
    assert bake.from_png(png(itxt(BADGE))) == Baked(Carrier.OB3, BADGE)
    again = bake_svg.into_svg(SAMPLE.format(badge=outside).encode(), BADGE, Carrier.OB2)
    assert bake_svg.from_svg(again) == Baked(Carrier.OB2, BADGE)


def test_an_old_svg_with_the_address_and_the_assertion_gives_the_address():
    place = "https://badges.example/a/1"
    drawn = (
        f'<svg xmlns="{bake_svg.SVG}" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="{place}">'
        f"<![CDATA[{{}}]]></openbadges:assertion></svg>"
    )
    assert bake_svg.from_svg(drawn.encode()) == Baked(Carrier.OB2, place.encode())


def test_older_and_compressed_chunks_are_read():
    packed = zlib.compress(BADGE)
    assert bake.from_png(png(itxt(packed, flag=b"\1"))).payload == BADGE
    assert bake.from_png(png(chunk(b"tEXt", b"openbadges\0https://a.example/1"))) == Baked(
        Carrier.OB2, b"https://a.example/1"
    )
    assert bake.from_png(png(chunk(b"zTXt", b"openbadges\0\0" + packed))).payload == BADGE
    info = PngImagePlugin.PngInfo()
    info.add_itxt("openbadgecredential", TOKEN.decode(), lang="fr", tkey="badge", zip=True)
    written = io.BytesIO()
    Image.new("L", (2, 2)).save(written, "png", pnginfo=info)
    assert bake.from_png(written.getvalue()) == Baked(Carrier.OB3, TOKEN)


def test_what_follows_the_end_of_a_png_is_not_read():
    assert refusal(bake.from_png, png() + itxt(BADGE)) == "image_without_badge"


BOMB = zlib.compress(b"0" * (64 << 20), 9)


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (b"GIF89a", "image_kind"),
        (b"", "image_kind"),
        (png(), "image_without_badge"),
        (png(itxt(b"hello", keyword=b"Comment")), "image_without_badge"),
        (png(itxt(BADGE), itxt(BADGE)), "image_with_several_badges"),
        (png(itxt(BADGE), itxt(b"{}", keyword=b"openbadges")), "image_with_several_badges"),
        (png(itxt(BADGE))[:-1], "image_malformed"),
        (png(itxt(BADGE), end=b""), "image_malformed"),
        (bake.PNG_MARK + PNG_END, "image_malformed"),
        (bake.PNG_MARK + PNG_HEADER + b"\xff\xff\xff\xffiTXt" + BADGE, "image_malformed"),
        (png(b"\0\0\0\0\0\0\0\0\0\0\0\0"), "image_malformed"),
        (png(itxt(BADGE)).replace(b"urn:uuid:1", b"urn:uuid:2"), "image_checksum"),
        (png(itxt(BADGE, flag=b"\2")), "image_malformed"),
        (png(itxt(zlib.compress(BADGE), flag=b"\1", method=b"\1")), "image_malformed"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\0\0no separators")), "image_malformed"),
        (png(chunk(b"zTXt", b"openbadges\0\1" + zlib.compress(BADGE))), "image_malformed"),
        (png(itxt(BADGE, flag=b"\1")), "image_malformed"),
        (png(itxt(zlib.compress(BADGE)[:-6], flag=b"\1")), "image_malformed"),
        (png(itxt(BOMB, flag=b"\1")), "image_bomb"),
        (png(chunk(b"zTXt", b"openbadges\0\0" + BOMB)), "image_bomb"),
        (png(*[chunk(b"tEXt", b"a\0b")] * bake.MAX_CHUNKS), "image_too_large"),
        (png(chunk(b"tEXt", b"a\0" + b"b" * bake.MAX_IMAGE_BYTES)), "image_too_large"),
    ],
)  # fmt: skip
def test_a_png_that_is_wrong_is_refused(image, code):
    assert refusal(bake.from_png, image) == code


@pytest.mark.parametrize("payload", [b"", b"  ", b"\xff\xfe", b"a\0b", b" " + b"a" * bake.MAX_BADGE_BYTES])
def test_a_text_that_no_image_carries_is_refused(payload):
    assert refusal(bake.into_png, png(), payload, Carrier.OB3) == "image_badge_text"
    assert refusal(bake_svg.into_svg, DRAWN, payload, Carrier.OB3) == "image_badge_text"


def test_a_character_that_xml_cannot_say_is_not_baked():
    assert refusal(bake_svg.into_svg, DRAWN, b'{"a":"\x0b"}', Carrier.OB3) == "image_badge_text"
    assert refusal(bake_svg.into_svg, DRAWN.replace(b"<g", b"<!-- --><g"), b"{\r}", Carrier.OB3) == "image_badge_text"
    latin = b'<?xml version="1.0" encoding="iso-8859-1"?>' + DRAWN
    assert refusal(bake_svg.into_svg, latin, BADGE, Carrier.OB3) == "image_badge_text"


def drawing(inside: str, before: str = "", attributes: str = "") -> bytes:
    return (
        f'{before}<svg xmlns="{bake_svg.SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:o='
        f'"https://purl.imsglobal.org/ob/v3p0"{attributes}><o:credential verify="a.b.c"/>{inside}</svg>'
    ).encode()


def test_a_harmless_drawing_is_read():
    inside = (
        '<a href="#top"/><image xlink:href="data:image/png;base64,AAAA"/><style>.a{fill:url( "#b" )}</style>'
        '<text style="fill:url(\'#c\')" opacity="1">on script: url(x) javascript</text><animate attributeName="fill"/>'
    )
    assert bake_svg.from_svg(drawing(inside)).payload == b"a.b.c"


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (drawing("", '<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">'), "svg_doctype"),
        (drawing("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "svg_doctype"),
        (drawing("&a;", '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'), "svg_doctype"),
        (drawing("&x;", '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'), "svg_entity"),
        (drawing("", '<?xml-stylesheet href="http://evil.example/x.css"?>'), "svg_active"),
        (drawing("<script>alert(1)</script>"), "svg_active"),
        (drawing('<x:ScRiPt xmlns:x="http://www.w3.org/2000/svg"/>'), "svg_active"),
        (drawing("<foreignObject/>"), "svg_active"),
        (drawing("", attributes=' onload="alert(1)"'), "svg_active"),
        (drawing('<a xlink:href=" javascript:alert(1)"/>'), "svg_active"),
        (drawing('<a><set attributeName="xlink:href" to="javascript:alert(1)"/></a>'), "svg_active"),
        (drawing('<animate attributeName="onclick" to="x"/>'), "svg_active"),
        (drawing("<style>a<desc/></style>"), "svg_active"),
        (drawing('<image href="https://tracker.example/p.png"/>'), "svg_outside"),
        (drawing('<image href="//tracker.example/p.png"/>'), "svg_outside"),
        (drawing('<image href="data:image/svg+xml;base64,AAAA"/>'), "svg_outside"),
        (drawing('<g fill="url(https://tracker.example/#a)"/>'), "svg_outside"),
        (drawing('<g style="fill:\\75rl(https://tracker.example)"/>'), "svg_outside"),
        (drawing("<style>@import 'https://tracker.example/x.css';</style>"), "svg_outside"),
        (drawing("<style>a{background:url( 'https://tracker.example' )}</style>"), "svg_outside"),
        (drawing('<o:credential verify="d.e.f"/>'), "image_with_several_badges"),
        (drawing("<o:credential><g/></o:credential>"), "image_malformed"),
        (drawing("<g>"), "image_malformed"),
        (drawing("&nothing;"), "image_malformed"),
        (drawing("<g>" * 250 + "</g>" * 250), "image_too_large"),
        (drawing("<g/>" * (bake_svg.MAX_ELEMENTS + 1)), "image_too_large"),
        (drawing("<g " + " ".join(f'a{rank}=""' for rank in range(501)) + "/>"), "image_too_large"),
        (drawing("<!--" + "-" * bake_svg.MAX_SVG_BYTES), "image_too_large"),
        (DRAWN, "image_without_badge"),
        (drawing("").replace(b"a.b.c", b" "), "image_without_badge"),
        (b"<html><svg></svg></html>", "image_kind"),
        (b"<html></html>", "image_kind"),
        (b'{"a": "<svg>"}', "image_kind"),
        (b"<svg/>", "image_without_badge"),
    ],
)
def test_a_drawing_that_is_wrong_is_refused(image, code):
    assert refusal(bake_svg.from_svg, image) == code


def test_nothing_is_baked_into_a_hostile_drawing():
    for image, code in ((drawing("<script/>"), "svg_active"), (b"<svg/>", "image_malformed")):
        assert refusal(bake_svg.into_svg, image, BADGE, Carrier.OB3) == code


def room() -> int:
    return bake_svg.MAX_SVG_BYTES - len(drawing("")) - 200


@pytest.mark.parametrize(
    ("read", "image"),
    [
        (bake.from_png, png(itxt(BOMB, flag=b"\1"))),
        (bake.from_png, png(*[chunk(b"tEXt", b"a\0b")] * 300_000)),
        (bake_svg.from_svg, drawing("<g " + " ".join(f'a{rank}=""' for rank in range(room() // 11)) + "/>")),
        (bake_svg.from_svg, drawing('<g fill="(' + "url " * (room() // 4) + '"/>')),
        (bake_svg.from_svg, drawing('<g fill="(url' + " " * room() + '"/>')),
        (bake_svg.from_svg, drawing("&#65;" * (room() // 5))),
        (bake_svg.from_svg, drawing("<style>" + "url(#a)" * (room() // 7) + "</style>")),
        (lambda image: bake_svg.into_svg(image, TOKEN, Carrier.OB3), drawing("", attributes=" " * room())),
    ],
)
def test_a_hostile_image_takes_less_than_100_mb(read, image):
    tracemalloc.start()
    try:
        read(image)
    except Refused:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 100e6


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_damage_escapes_a_refusal(noise, place):
    whole, drawn = png(itxt(BADGE)), bake_svg.into_svg(DRAWN, BADGE, Carrier.OB3)
    for read, image in ((bake.from_png, whole), (bake_svg.from_svg, drawn)):
        for given_image in (image[:place] + noise + image[place:], image[:place] + noise, noise):
            try:
                read(given_image)
            except Refused:
                continue
