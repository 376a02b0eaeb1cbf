"""The files of an index: read back as they were written, or refused; never half read."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from entremise.matching.engine import store
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Geography
from entremise.matching.engine.layout import IndexUnreadable, Segment
from entremise.matching.engine.search import Request
from tests.factories import engine_crowd as crowds
from tests.factories.engine import TODAY, engine_answer, living

ATLAS = Atlas.drawn(crowds.places()[:200])
FILES = [f"{kind.__name__.lower()}-{name}.npy" for kind in (Segment, Geography) for name in kind._fields]


def written(root: Path, count: int = 300, *, offers: bool = False) -> Path:
    """Write an index; return the folder of its files."""
    segment = build(crowds.crowd(count, ATLAS, offers=offers), ATLAS.geography)
    return root / store.write(root, segment, ATLAS, {"watermark": 12})


@pytest.mark.parametrize(("count", "offers"), [(0, False), (1, False), (64, True), (3_000, False), (3_000, True)])
def test_an_index_is_read_back_as_it_was_written(tmp_path: Path, count: int, offers: bool) -> None:
    segment = build(crowds.crowd(count, ATLAS, offers=offers), ATLAS.geography)
    store.write(tmp_path, segment, ATLAS, {"watermark": 12})
    stored = store.current(tmp_path)
    for name, before, after in zip(Segment._fields, segment, stored.segment, strict=True):
        assert before.dtype == after.dtype, name
        assert np.array_equal(before, after), name
    assert (stored.header["watermark"], stored.segment.row_count) == (12, count)
    assert (list(stored.atlas.codes), list(stored.atlas.departments)) == (ATLAS.codes, ATLAS.departments)
    request = Request(TODAY, commune=ATLAS.codes[3], skills={1: 3, 2: 1}, wished={1: 30})
    assert engine_answer(request, stored.atlas, living(stored.segment)) == engine_answer(
        request, ATLAS, living(segment)
    )


def test_what_is_open_is_read_only(tmp_path: Path) -> None:
    written(tmp_path)
    for array in store.current(tmp_path).segment:
        assert not array.flags.writeable


@pytest.mark.parametrize("name", [*FILES, store.HEADER])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.unlink(), id="missing"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:4]), id="cut in its first bytes"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:60]), id="cut in its heading"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-1]), id="cut of its last byte"),
        pytest.param(lambda path: path.write_bytes(b"\x00\xff" * 400), id="something else"),
    ],
)
def test_a_file_missing_or_cut_is_refused(tmp_path: Path, name: str, damage: Callable[[Path], object]) -> None:
    folder = written(tmp_path, offers=True)
    damage(folder / name)
    with pytest.raises(IndexUnreadable):
        store.current(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_does_not_have_its_size_is_refused(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path, offers=True)
    array = np.load(folder / name)
    np.save(folder / name, np.concatenate([array, array[:1]]))
    with pytest.raises(IndexUnreadable, match="size"):
        store.current(tmp_path)


@pytest.mark.parametrize(
    "told",
    [
        {"format": store.FORMAT + 1},
        {"format": None},
        {"score": "1-2026-01-01-00000000"},
        {"score": None},
    ],
)
def test_an_index_of_another_format_or_score_is_refused(tmp_path: Path, told: dict[str, object]) -> None:
    header = written(tmp_path) / store.HEADER
    header.write_text(json.dumps({**json.loads(header.read_text()), **told}))
    with pytest.raises(IndexUnreadable, match="not ours"):
        store.current(tmp_path)


@pytest.mark.parametrize("name", ["format", "score", "segment", "geography", "communes", "departments"])
def test_a_header_that_does_not_say_all_is_refused(tmp_path: Path, name: str) -> None:
    header = written(tmp_path) / store.HEADER
    told = json.loads(header.read_text())
    del told[name]
    header.write_text(json.dumps(told))
    with pytest.raises(IndexUnreadable):
        store.current(tmp_path)


@pytest.mark.parametrize("text", ["[]", "null", "12", '"index"', "{}"])
def test_a_header_that_is_not_one_is_refused(tmp_path: Path, text: str) -> None:
    (written(tmp_path) / store.HEADER).write_text(text)
    with pytest.raises(IndexUnreadable):
        store.current(tmp_path)


def test_there_is_no_index_before_the_first(tmp_path: Path) -> None:
    assert store.current_name(tmp_path) == ""
    with pytest.raises(IndexUnreadable, match="no index yet"):
        store.current(tmp_path)


def test_a_pointer_to_a_generation_that_is_gone_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path)
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(IndexUnreadable):
        store.current(tmp_path)


def test_a_new_generation_takes_over_and_who_searches_the_old_one_goes_on(tmp_path: Path) -> None:
    first = written(tmp_path)
    opened = store.current(tmp_path)
    second = written(tmp_path, 500)
    assert store.current(tmp_path).segment.row_count == 500
    assert engine_answer(Request(TODAY), opened.atlas, living(opened.segment)).total == 300
    assert [path.name for path in tmp_path.glob("generation-*")] == [second.name] != [first.name]


def test_a_generation_cut_short_by_a_crash_leaves_the_one_before_in_place(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "generation-unfinished").mkdir()
    assert store.current(tmp_path).segment.row_count == 300
