"""A request keeps its interpreter stack in one piece, at whatever depth its pages call."""

import resource
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse

from entremise.web.kit.one_stack import OneStack

CALLS = 200  # at each depth: one page fault a call would be told at once
DEPTHS = range(400)  # several blocks of 16 kB


def _leaf() -> None:
    return None


def _at(depth: int, work: Callable[[], None]) -> None:
    if depth:
        _at(depth - 1, work)
    else:
        work()


def _repeat() -> None:
    for _ in range(CALLS):
        _leaf_of_some_depth()


def _leaf_of_some_depth() -> None:
    _at(3, _leaf)


def _faults(work: Callable[[], object]) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _page(request: HttpRequest) -> HttpResponse:
    for depth in DEPTHS:
        _at(depth, _repeat)
    return HttpResponse("shown")


def test_repeated_calls_map_no_memory_wherever_they_happen() -> None:
    answer = OneStack(_page)
    answer(HttpRequest())
    assert _faults(lambda: answer(HttpRequest())) < CALLS


def test_the_page_answers_as_it_would_alone() -> None:
    assert OneStack(_page)(HttpRequest()).content == b"shown"


def test_an_error_of_the_page_passes() -> None:
    def fails(request: HttpRequest) -> HttpResponse:
        raise ValueError("told")

    with pytest.raises(ValueError, match="told"):
        OneStack(fails)(HttpRequest())
