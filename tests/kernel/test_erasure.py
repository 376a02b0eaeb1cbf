"""What each domain promises about a person's rows is said in the reader's language."""

import pytest
from django.utils.translation import override

from entremise.kernel.erasure import Declaration, declarations


def said(declaration: Declaration) -> tuple[str, str]:
    return str(declaration.title), str(declaration.kept)


@pytest.mark.parametrize("domain", ["passport", "people", "promotions", "validations"])
def test_a_promise_is_read_in_the_language_of_the_reader(domain: str) -> None:
    (promise,) = [one for one in declarations() if one.domain == domain]
    with override("fr"):
        french = said(promise)
    with override("en"):
        english = said(promise)
    assert french[0]
    assert [a != b for a, b in zip(french, english, strict=True)] == [bool(words) for words in french]
