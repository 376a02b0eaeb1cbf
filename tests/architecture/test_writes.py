"""Only actions write, states move only by workflow, every write leaves a journal line under a known verb."""

import ast
import importlib

import pytest

from entremise.kernel.actions import ACTIONS
from entremise.kernel.workflow import WORKFLOWS
from tests.factories.sources import PACKAGE, nodes, trees

DOMAINS = [p.name for p in PACKAGE.iterdir() if (p / "models.py").exists() and p.name not in {"kernel", "web"}]
# Rows written in bulk by commands, for the platform itself: no person acts, the run itself is journaled.
LOADERS = {"load_builtin", "refresh", "refresh_all", "fill_empty_pool", "write_index", "publish_consent_text"}


def test_nobody_assigns_a_state() -> None:
    assigned = [
        (name, target)
        for kind in (ast.Assign, ast.AugAssign, ast.AnnAssign)
        for name, node in nodes(kind)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    wrong = [
        f"{name}:{target.lineno} {ast.unparse(target)}"
        for name, target in assigned
        if ast.unparse(target.value) not in ALLOWED_STATE.get(name, set())
    ]
    assert wrong == []


# An outbox message and an import of a file are no workflows of people: their state is bookkeeping of one job.
ALLOWED_STATE = {"kernel/delivery.py": {"message"}}


def test_screens_read_and_write_through_domains_only() -> None:
    managers = {"objects", "_base_manager", "_default_manager"}
    looked_at = [(name, node) for name, node in nodes(ast.Attribute) if name.startswith(("web/", "api/"))]
    assert len(looked_at) > 5_000
    assert [f"{name}:{node.lineno}" for name, node in looked_at if node.attr in managers] == []


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


def test_a_public_function_of_actions_is_an_action() -> None:
    public = [
        (name, node)
        for name, tree in trees().items()
        if name.rpartition("/")[2].startswith("actions") and name.split("/")[0] not in {"kernel", "demo"}
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and takes_an_actor(node)
    ]
    assert len(public) > 50
    assert [f"{name}: {node.name} takes an actor" for name, node in public if not is_action(node)] == []


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
