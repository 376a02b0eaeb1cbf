"""Background work, a thin layer on procrastinate: deferred in the transaction that causes it, retried, periodic."""

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)


def job(*, name: str, queue: str = "default", retry: bool = True, lock: str | None = None) -> Callable[..., Any]:
    """Declare a job; it must be idempotent, since a killed worker leaves its job to be run again."""
    return app.task(name=name, queue=queue, retry=RETRY if retry else False, lock=lock)


def periodic(*, name: str, cron: str, queue: str = "default") -> Callable[[Callable[..., Any]], Any]:
    """Declare a periodic job; `cron` is in UTC. The function receives the planned timestamp (seconds)."""

    def decorate(function: Callable[..., Any]) -> Any:
        task = app.task(name=name, queue=queue, queueing_lock=name, pass_context=False)(function)
        return app.periodic(cron=cron)(task)

    return decorate


def defer_named(name: str, **arguments: Any) -> None:
    """Queue a job by its name, from an action, which may not import the module of its jobs."""
    app.configure_task(name).defer(**arguments)


def defer_once(name: str) -> None:
    """Queue a job without arguments unless one already waits: for work that a periodic job would find anyway."""
    if not ProcrastinateJob.objects.filter(task_name=name, status="todo", queue_name="default").exists():
        defer_named(name)


def defer(task: Any, **arguments: Any) -> None:
    """Queue a job; it becomes visible to the worker when the current transaction commits."""
    task.defer(**arguments)
