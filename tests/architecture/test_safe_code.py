"""What no line of ours may do, read in the code itself: run what was typed, write it into SQL or into HTML."""

import ast
import re
from collections.abc import Iterator

from tests.factories.sources import PACKAGE, nodes

SCRIPTS = sorted((PACKAGE / "static" / "js").glob("*.js"))
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
RUNS = {"eval", "exec", "compile", "__import__"}
RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle", "xml", "lxml"}
# Events of expat, no tree; entities and document types are refused (the W3C's but one, in an image):
# lib/test_openbadges_bake, lib/test_offerfeeds.
SAFELY_READ = {("lib/openbadges/bake_svg.py", "xml.parsers"), ("lib/offerfeeds/xml_form.py", "xml.parsers")}
WEAK_HASHES = {"md5", "sha1"}
SQL_CALLS = {"execute", "executemany", "raw", "RawSQL", "extra", "copy"}
# Drawn at random for an invented crowd, or for an order that everybody may know: no secret depends on it.
PLAYS = {"demo", "matching/queries_feed.py", "matching/engine"}


def calls(called: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Return each call of one of these names, with where it is."""
    for where, node in nodes(ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in called:
            yield f"{where}:{node.lineno}", node


def imported() -> Iterator[tuple[str, str]]:
    """Return each module that is imported, with where."""
    for where, node in nodes(ast.Import):
        yield from ((where, one.name) for one in node.names)
    for where, node in nodes(ast.ImportFrom):
        if node.module:
            yield where, node.module


def test_nothing_typed_is_ever_executed() -> None:
    run = [where for where, call in calls(RUNS) if isinstance(call.func, ast.Name)]
    assert run == []
    assert {(w, m) for w, m in imported() if m.partition(".")[0] in RUNS_WHAT_IT_READS} == SAFELY_READ
    for where, call in calls({"run", "Popen", "call", "check_call", "check_output", "system", "popen"}):
        shell = [key for key in call.keywords if key.arg == "shell"]
        assert shell == [], where
        assert getattr(call.func, "attr", "") not in {"system", "popen"}, where
    for where, call in calls({"load"}):
        assert all(not (k.arg == "allow_pickle" and getattr(k.value, "value", True)) for k in call.keywords), where


def parts_of(sql: ast.expr) -> Iterator[ast.expr]:
    """Return what is put inside a text of SQL: the values of an f-string, of `format`, of an addition or of `%`."""
    if isinstance(sql, ast.JoinedStr):
        for piece in sql.values:
            if isinstance(piece, ast.FormattedValue):
                yield piece.value
    elif isinstance(sql, ast.BinOp):
        yield from parts_of(sql.left)
        yield from parts_of(sql.right)
    elif isinstance(sql, ast.Call) and isinstance(sql.func, ast.Attribute) and sql.func.attr == "format":
        yield from parts_of(sql.func.value)
        yield from (key.value for key in sql.keywords)
        yield from sql.args
    elif not isinstance(sql, ast.Constant):
        yield sql


def is_ours(part: ast.expr) -> bool:
    """Tell whether a part is a constant of the program, or a name that psycopg quotes: never something typed."""
    text = ast.unparse(part)
    if re.fullmatch(r"[A-Z][A-Z0-9_]*|self(\.\w+)+|', '\.join\([A-Z_]+\)|_?[A-Z_]+\[.*\]", text):
        return True
    return "sql.SQL" in text or "sql.Identifier" in text


def test_values_are_never_written_into_sql() -> None:
    """Names of tables and texts of the program only; what people typed travels apart, as a parameter."""
    found, seen = [], 0
    for where, call in calls(SQL_CALLS):
        is_about_sql = (
            isinstance(call.func, ast.Name) or "cursor" in ast.unparse(call.func) or ".raw" in ast.unparse(call)
        )
        if not call.args or not is_about_sql:
            continue
        seen += 1
        wrong = [ast.unparse(part) for part in parts_of(call.args[0]) if not is_ours(part)]
        if wrong and f"{where.partition(':')[0]}|{wrong[0]}" not in LOOKED_AT:
            found.append(f"{where} {wrong}")
    assert seen > 40
    assert found == []


# Read once by a person: a choice between two constants, the ORM's own text, names that psycopg quotes.
LOOKED_AT = {
    "matching/actions_nightly.py|FORGET_OFFERS if part.are_offers else FORGET_PEOPLE",
    "matching/actions_nightly.py|WRITE_OFFERS if part.are_offers else WRITE_PEOPLE",
    "indicators/queries_promotions.py|scoped",
    "indicators/queries_reciprok.py|scoped",
    "demo/crowd_copy.py|named",
}


def test_html_is_marked_safe_in_the_components_only() -> None:
    found = {where.partition(":")[0] for where, call in calls({"mark_safe", "SafeString", "SafeText"}) if call.args}
    assert found <= {"web/components/templatetags/components.py"}
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off", text), path


def test_our_scripts_build_no_html_and_keep_nothing_personal() -> None:
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|javascript:"
    assert len(SCRIPTS) >= 3
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        assert re.findall(dangerous, text) == [], path
        assert set(re.findall(r"(?:local|session)Storage\.setItem\(\"(\w+)\"", text)) <= {"shortcuts"}, path


def test_every_unscoped_read_says_why() -> None:
    mute = [
        where
        for where, call in calls({"unscoped"})
        if not where.startswith("demo/")
        and (not call.args or (isinstance(call.args[0], ast.Constant) and len(str(call.args[0].value).split()) < 2))
    ]
    assert mute == []


def test_what_protects_is_drawn_by_the_system_and_hashed_well() -> None:
    drawn = {where for where, module in imported() if module == "random"}
    assert {where for where in drawn if not any(where.startswith(known) for known in PLAYS)} == set()
    weak = [where for where, call in calls(WEAK_HASHES) if "hashlib" in ast.unparse(call.func)]
    assert weak == []


def test_logs_take_their_values_apart() -> None:
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    glued = [
        where
        for where, call in calls(levels)
        if ast.unparse(call.func).partition(".")[0] in {"log", "logger"}
        and call.args
        and not isinstance(call.args[0], ast.Constant)
    ]
    assert glued == []


def test_calls_outside_go_through_one_guarded_client() -> None:
    nets = {"httpx", "requests", "urllib.request", "http.client", "aiohttp", "socket"}
    found = {where for where, module in imported() if module in nets}
    # They listen or speak on this machine: the supervisor, the database's files, the relay of mail.
    listeners = {where for where, module in imported() if module == "socket"}
    assert found <= {"kernel/outside.py", "config/cli_data.py", *listeners}  # a file an operator asks for by name
