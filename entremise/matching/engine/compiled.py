"""Numba as the engine uses it: compiled once per version of the engine, never at a user's first query."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba import types
from numba.extending import intrinsic

ENGINE = Path(__file__).parent


def _folder() -> Path:
    """Return where compiled code is kept: one folder per version of the whole engine.

    Numba looks only at the file of the function itself; ours call each other across files. It is beside the sources
    when these may be written, else (an installed package) in the site's own folder.
    """
    read = sorted([*ENGINE.glob("*.py"), *ENGINE.glob("*.toml")])  # weights are constants of what is compiled
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in read)).hexdigest()[:16]
    beside = ENGINE / "__pycache__"
    kept = beside if os.access(ENGINE, os.W_OK) else Path(os.environ.get("ENTREMISE_VAR", "var")) / "kernels"
    return kept / f"kernels-{digest}"


numba.config.CACHE_DIR = str(_folder())  # type: ignore[attr-defined]  # numba is not typed

# Bounds are those of our own arrays; without the GIL, the threads of a web process search at the same time.
kernel: Callable[..., Any] = numba.njit(cache=True, nogil=True, error_model="numpy")
# Called from one place only: compiled within it, which makes the whole a third quicker to compile.
inlined: Callable[..., Any] = numba.njit(nogil=True, error_model="numpy", inline="always")


@intrinsic
def _pointer(context: Any, address: Any) -> Any:
    """Return the pointer that an address is."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), code


pointer: Callable[..., Any] = _pointer
carray: Callable[..., Any] = numba.carray  # type: ignore[attr-defined]


@intrinsic
def popcount(context: Any, word: Any) -> Any:
    """Return how many bits of a 64-bit word are set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), code


@intrinsic
def lowest_bit(context: Any, word: Any) -> Any:
    """Return the place of the lowest bit of a 64-bit word that is not zero."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], context.get_constant(types.boolean, True))

    return types.uint64(types.uint64), code
