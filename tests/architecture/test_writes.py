"""Only actions write, states move only by workflow, every write leaves a journal line under a known verb."""

import ast
import importlib
from pathlib import Path

import pytest

import entremise
from entremise.kernel.actions import ACTIONS
from entremise.kernel.workflow import WORKFLOWS

PACKAGE = Path(entremise.__file__).parent
DOMAINS = [p.name for p in PACKAGE.iterdir() if (p / "models.py").exists() and p.name not in {"kernel", "web"}]
ALL = [p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts]
# Rows written in bulk by commands, for the platform itself: no person acts, the run itself is journaled.
LOADERS = {"load_builtin", "refresh", "refresh_all", "fill_empty_pool", "write_index", "publish_consent_text"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nobody_assigns_a_state(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state":
                    assert ast.unparse(target.value) in ALLOWED_STATE.get(name_of(path), set()), ast.unparse(node)


# An outbox message and an import of a file are no workflows of people: their state is bookkeeping of one job.
ALLOWED_STATE = {"kernel/delivery.py": {"message"}}


@pytest.mark.parametrize("path", [p for p in ALL if name_of(p).startswith(("web/", "api/"))], ids=name_of)
def test_screens_read_and_write_through_domains_only(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"objects", "_base_manager", "_default_manager"}, f"line {node.lineno}"


def is_action(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(d, ast.Call)
        and (
            (isinstance(d.func, ast.Name) and d.func.id == "action")
            or (isinstance(d.func, ast.Attribute) and d.func.attr in {"action", "batch"})
        )
        for d in node.decorator_list
    )


def takes_an_actor(node: ast.FunctionDef) -> bool:
    return any(a.arg == "actor" for a in node.args.kwonlyargs)


@pytest.mark.parametrize("path", [p for p in ALL if p.name.startswith("actions")], ids=name_of)
def test_a_public_function_of_actions_is_an_action(path: Path) -> None:
    if name_of(path).split("/")[0] in {"kernel", "demo"}:
        return
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and takes_an_actor(node):
            assert is_action(node), f"{node.name} takes an actor but is no @action"


def test_every_verb_of_an_action_is_declared() -> None:
    verbs = set()
    for domain in DOMAINS:
        try:
            enums = importlib.import_module(f"entremise.{domain}.enums")
        except ModuleNotFoundError:
            continue
        verbs |= {str(v) for v in getattr(enums, "Verb", [])}
    transitions = {f"{flow.domain}.{name}" for flow in WORKFLOWS.values() for name in flow.transitions}
    assert set(ACTIONS) <= verbs | transitions
    assert len(ACTIONS) > 20


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_has_only_the_modules_of_the_style_guide(domain: str) -> None:
    known = {
        "__init__",
        "apps",
        "enums",
        "rules",
        "workflow",
        "models",
        "access",
        "queries",
        "links",
        "mails",
        "actions",
        "jobs",
        "receivers",
        "hooks",
        "admin",
        "clients",
        "adapter",
        "builtin",
    }
    for path in (PACKAGE / domain).glob("*.py"):
        stem = path.stem
        assert stem in known or stem.split("_")[0] in known, stem
