"""Rows as a binary COPY reads them, made a column at a time: a table of bytes, whose unused ends are left out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

Bytes = NDArray[np.uint8]
Numbers = NDArray[Any]
HEADER, TRAILER = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"  # PostgreSQL's manual, COPY, "Binary Format"
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # where PostgreSQL counts days and microseconds from
VARCHAR = 1043  # the type's number, written before the elements of an array
MICROSECONDS_A_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes a row, as wide as the widest; `sizes` says how many count when rows differ."""

    table: Bytes
    sizes: Numbers | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A value a row: its bytes one after the other, and where there is none."""

    pieces: tuple[Piece, ...]
    missing: NDArray[np.bool_] | None = None


class Words:
    """Values among which rows choose by rank."""

    def __init__(self, values: Sequence[str | bytes]) -> None:
        raw = [value.encode() if isinstance(value, str) else value for value in values]
        self._sizes = np.array([len(value) for value in raw], np.int32)
        width = int(self._sizes.max()) if raw else 0
        padded = b"".join(value.ljust(width, b"\0") for value in raw)
        self._table = np.frombuffer(padded, np.uint8).reshape(len(raw), width)

    def __getitem__(self, ranks: Numbers) -> Piece:
        return Piece(self._table[ranks], self._sizes[ranks])


def column(*pieces: Piece, missing: NDArray[np.bool_] | None = None) -> Column:
    """Put pieces side by side as one value."""
    return Column(pieces, missing)


def whole(values: Numbers, kind: str, missing: NDArray[np.bool_] | None = None) -> Column:
    """Return whole numbers of a kind: `>i2`, `>i4`, `>i8`, or `u1` for a truth."""
    table = np.ascontiguousarray(values.astype(kind)).view(np.uint8).reshape(len(values), -1)
    return Column((Piece(table),), missing)


def same(value: bytes, count: int) -> Column:
    """Return the same value everywhere."""
    return Column((repeated(value, count),))


def repeated(value: bytes, count: int) -> Piece:
    """Return the same bytes everywhere."""
    return Piece(np.broadcast_to(np.frombuffer(value, np.uint8), (count, len(value))))


def nothing(count: int) -> Column:
    """Return no value anywhere."""
    return Column((), np.ones(count, np.bool_))


def days(values: Numbers, missing: NDArray[np.bool_] | None = None) -> Column:
    """Return dates, from days since 1970."""
    return whole(values - (EPOCH.date() - dt.date(1970, 1, 1)).days, ">i4", missing)


def moments(seconds: Numbers, missing: NDArray[np.bool_] | None = None) -> Column:
    """Return instants, from seconds since 1970."""
    return whole((seconds - int(EPOCH.timestamp())) * MICROSECONDS_A_SECOND, ">i8", missing)


def array_of(values: Sequence[str]) -> bytes:
    """Write a list of texts as one value."""
    if not values:
        return _integers(0, 0, VARCHAR)
    raw = [value.encode() for value in values]
    return _integers(1, 0, VARCHAR, len(raw), 1) + b"".join(_integers(len(one)) + one for one in raw)


def rows(columns: Sequence[Column], count: int) -> bytes:
    """Write the rows of a table, without header nor trailer."""
    parts, sizes = [np.broadcast_to(np.frombuffer(_short(len(columns)), np.uint8), (count, 2))], []
    sizes.append(np.full(count, 2, np.int64))
    for one in columns:
        told = _told(one, count)
        for piece in (Piece(_length(one, told, count)), *told):
            parts.append(piece.table)
            sizes.append(piece.sizes if piece.sizes is not None else np.full(count, piece.table.shape[1]))
    table = np.concatenate(parts, axis=1)
    kept = [np.arange(part.shape[1]) < size[:, None] for part, size in zip(parts, sizes, strict=True)]
    return table[np.concatenate(kept, axis=1)].tobytes()


def write(cursor: psycopg.Cursor, table: str, names: Sequence[str], columns: Sequence[Column], count: int) -> None:
    """Send rows to a table, through another one where row-level security refuses COPY, as the vault does."""
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    named = {"table": sql.Identifier(table), "columns": listed, "sent": sql.Identifier(table)}
    cursor.execute("select row_security_active(%s)", [table])
    is_secured = (cursor.fetchone() or (False,))[0]
    if is_secured:
        named["sent"] = sql.Identifier(f"sent_{table}")
        made = "CREATE TEMPORARY TABLE {sent} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
        cursor.execute(sql.SQL(made).format(**named))
    with cursor.copy(sql.SQL("COPY {sent} ({columns}) FROM STDIN (FORMAT BINARY)").format(**named)) as copy:
        copy.write(HEADER + rows(columns, count) + TRAILER)
    if is_secured:
        cursor.execute(sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM {sent}").format(**named))


def _told(one: Column, count: int) -> list[Piece]:
    """Return the pieces of a value, with no byte where there is no value."""
    if one.missing is None:
        return list(one.pieces)
    told = []
    for piece in one.pieces:
        size = piece.sizes if piece.sizes is not None else np.full(count, piece.table.shape[1])
        told.append(Piece(piece.table, np.where(one.missing, 0, size)))
    return told


def _length(one: Column, told: Sequence[Piece], count: int) -> Bytes:
    total = np.zeros(count, np.int64)
    for piece in told:
        total += piece.sizes if piece.sizes is not None else piece.table.shape[1]
    if one.missing is not None:
        total[one.missing] = -1
    return total.astype(">i4").view(np.uint8).reshape(count, 4)


def _integers(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "big") for value in values)


def _short(value: int) -> bytes:
    return value.to_bytes(2, "big")
