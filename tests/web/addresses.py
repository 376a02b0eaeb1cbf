"""Every address of the site, with its guard and what its parameters are."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from entremise.web.kit.screens import PUBLIC

SAMPLES = {"uuid": "01900000-0000-7000-8000-000000000000", "int": 1, "str": "x", "slug": "x"}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Return every address below a resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def all_converters() -> dict[str, dict[str, Any]]:
    """Return the parameters of every address, with those of the prefixes above it."""
    found: dict[str, dict[str, Any]] = {}

    def walk(resolver: URLResolver, outer: dict[str, Any]) -> None:
        for entry in resolver.url_patterns:
            inner = outer | entry.pattern.converters
            if isinstance(entry, URLResolver):
                walk(entry, inner)
            else:
                found[entry.name] = inner

    walk(get_resolver(), {})
    return found


URLS = {pattern.name: pattern for pattern in patterns(get_resolver())}
CONVERTERS = all_converters()


def guard_of(view: Callable[..., Any]) -> str:
    """Return the policy of a view, or nothing."""
    return str(getattr(view, "guard", ""))


def is_link_page(name: str) -> bool:
    """Tell whether an address is reached from a mail."""
    return hasattr(URLS[name].callback, "purpose")


def names_about_a_thing() -> set[str]:
    """Return the addresses that carry the identifier of a thing."""
    return {name for name, converters in CONVERTERS.items() if "pk" in converters}


def address(name: str, **known: Any) -> str:
    """Return an address, with sample values for what is not told."""
    kinds = {
        kw: type(converter).__name__.removesuffix("Converter").lower() for kw, converter in CONVERTERS[name].items()
    }
    samples = {kw: SAMPLES[{"string": "str"}.get(kind, kind)] for kw, kind in kinds.items()}
    return reverse(name, kwargs=samples | {kw: value for kw, value in known.items() if kw in samples})


PRIVATE = sorted(name for name, url in URLS.items() if guard_of(url.callback) != PUBLIC or is_link_page(name))
