"""The few upward notices: a lower domain says what happened, an upper one listens; same transaction, ids only."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """One notice; receivers run at once, in the order of their registration, inside the caller's transaction."""

    def __init__(self, signature: Callable[P, None]) -> None:
        self.name = signature.__name__
        self.__doc__ = signature.__doc__
        self._receivers: list[Callable[P, None]] = []

    def receiver(self, function: Callable[P, None]) -> Callable[P, None]:
        """Register a receiver (from a domain's `receivers.py`)."""
        self._receivers.append(function)
        return function

    def fire(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell every receiver."""
        for receiver in self._receivers:
            receiver(*args, **kwargs)
