"""A form that shows what the domain refuses where it belongs: at its field, or above the form."""

from typing import Any, ClassVar

from django import forms


class Refusable(forms.Form):
    """A form that shows a refusal of the domain at its field."""

    FIELD_OF: ClassVar[dict[str, str]] = {}  # the form's field, where the domain calls it otherwise

    def refuse(self, refusal: Any, field: str = "") -> None:
        """Say why, where it belongs; `field` is where a refusal that names none goes."""
        told = getattr(refusal, "field", "") or field
        name = self.FIELD_OF.get(told, told)
        self.add_error(name if name in self.fields else None, refusal.reason)
