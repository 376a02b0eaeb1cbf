"""The certified CV from the screens: made, previewed, changed, stopped, removed, printed, checked by anybody."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.credentials import actions_documents as documents
from entremise.credentials import queries, queries_documents
from entremise.credentials.models_certificates import CertifiedCv
from entremise.kernel import clock, pdf
from entremise.kernel.actors import Role, job_actor
from entremise.passport import actions as passports
from entremise.passport.models import Evidence
from entremise.people.models import Person
from tests.factories import credentials as badges
from tests.factories.accounts import professional, sign_in
from tests.factories.documents import code_of, cv, passport, token_of
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import PersonFactory, identity_of, owner, set_identity
from tests.web import pdf_read

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
OWN_PAGES = ("my_cv", "my_cv_change", "my_cv_pdf")
OWN_ACTS = ("my_cv_stop", "my_cv_resume", "my_cv_remove")


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine where a library that draws text is not installed."""
    monkeypatch.setattr(pdf, "LIBRARIES", (*pdf.LIBRARIES, "a-library-that-is-nowhere"))
    pdf.is_available.cache_clear()
    yield
    pdf.is_available.cache_clear()


def browser_of(person: Person) -> Client:
    assert person.user is not None
    return sign_in(Client(), person.user)


def cvs() -> list[CertifiedCv]:
    return list(CertifiedCv.objects.unscoped("a test looks").order_by("created_at"))


def page(made: CertifiedCv, browser: Client | None = None, token: str = "") -> str:
    answer = (browser or Client()).get(reverse("certified_cv", args=[token or token_of(made)]))
    assert answer.status_code == 200
    return answer.content.decode()


def filled(person: Person, **changed: Any) -> dict[str, Any]:
    offered = queries_documents.offered(person)
    return {
        "title": "Cuisinière",
        "template": "classic",
        "summary": "",
        "shows_contact": "on",
        "experiences": [str(one.pk) for one in offered.experiences],
        "skills": [str(one.skill_id) for one in offered.skills],
        "step": "save",
        **changed,
    }


def test_an_empty_passport_is_told_where_to_begin() -> None:
    browser = browser_of(PersonFactory())
    assert "Pas encore de CV" in browser.get(reverse("my_cvs")).content.decode()
    said = browser.get(reverse("my_cv_add")).content.decode()
    assert "Votre passeport est encore vide" in said
    assert reverse("my_experience_add") in said


def test_a_cv_is_proposed_filled_in_and_made_in_one_step() -> None:
    person, experience, proved, _said = passport()
    browser = browser_of(person)
    said = browser.get(reverse("my_cv_add")).content.decode()
    for text in (experience.title, proved.skill.label, "Confirmées", "Dites par vous", "Aperçu"):
        assert text in said
    answer = browser.post(reverse("my_cv_add"), filled(person))
    (made,) = cvs()
    assert answer["Location"] == reverse("my_cv", args=[made.pk])
    shown = browser.get(answer["Location"]).content.decode()
    assert "confirmé par Maison Garance (cheffe de cuisine), le 20 novembre 2026" in shown
    assert token_of(made) in shown, "the code leads to the whole address"
    assert code_of(made)[:5] + "-" + code_of(made)[5:] in shown, "what is copied by hand is short"


def test_a_form_sent_twice_makes_one_cv() -> None:
    person = passport()[0]
    browser = browser_of(person)
    key = re.search(r'name="idempotency_key" value="([^"]+)"', browser.get(reverse("my_cv_add")).content.decode())
    assert key
    for _time in range(2):
        assert browser.post(reverse("my_cv_add"), {**filled(person), "idempotency_key": key[1]}).status_code == 302
    assert len(cvs()) == 1


def test_the_preview_shows_what_is_ticked_and_keeps_nothing() -> None:
    person, _experience, proved, said = passport()
    changed = {
        "step": "preview",
        "title": "Aide <b>de cuisine</b>",
        "skills": [str(said.skill_id)],
        "template": "skills",
    }
    answer = browser_of(person).post(reverse("my_cv_add"), filled(person, **changed), headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="preview"' in shown
    assert "<html" not in shown
    assert "Aide &lt;b&gt;de cuisine" in shown
    assert said.skill.label in shown
    assert proved.skill.label not in shown
    assert cvs() == []


def test_a_preview_without_javascript_keeps_what_was_typed() -> None:
    person = passport()[0]
    answer = browser_of(person).post(reverse("my_cv_add"), filled(person, step="preview", title=""))
    shown = answer.content.decode()
    assert answer.status_code == 200, "a preview reproaches nothing"
    assert "<html" in shown
    assert 'id="error-summary"' not in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "obligatoire"),
        ({"experiences": [], "skills": []}, "au moins une expérience"),
        ({"template": "sideways"}, "Sélectionnez un choix valide"),
        ({"skills": ["01900000-0000-7000-8000-000000000000"]}, "Sélectionnez un choix valide"),
        ({"summary": "a" * 1_201}, "1200"),
    ],
)
def test_a_refused_form_says_why_and_keeps_the_rest(changed: dict[str, Any], sentence: str) -> None:
    person = passport()[0]
    answer = browser_of(person).post(reverse("my_cv_add"), filled(person, **changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert cvs() == []


def test_a_changed_cv_keeps_its_address_and_a_copy_has_another() -> None:
    made = cv()
    browser, token = browser_of(made.person), token_of(made)
    browser.post(reverse("my_cv_change", args=[made.pk]), filled(made.person, title="Cheffe de partie"))
    assert "Cheffe de partie" in page(made, token=token)
    copied = browser.get(reverse("my_cv_add") + f"?modele={made.pk}").content.decode()
    assert 'value="Cheffe de partie"' in copied
    browser.post(reverse("my_cv_add") + f"?modele={made.pk}", filled(made.person, title="Cheffe"))
    first, second = cvs()
    assert (first.title, second.title) == ("Cheffe de partie", "Cheffe")
    assert token_of(second) != token


@pytest.mark.parametrize("model", ["x", "01900000-0000-7000-8000-000000000000"])
def test_nothing_is_copied_from_what_is_not_hers(model: str) -> None:
    assert browser_of(passport()[0]).get(reverse("my_cv_add") + f"?modele={model}").status_code == 404
    assert browser_of(passport()[0]).get(reverse("my_cv_add") + f"?modele={cv().pk}").status_code == 404


def test_a_stopped_cv_says_nothing_of_anybody_until_it_is_resumed() -> None:
    made = cv()
    browser, name = browser_of(made.person), identity_of(made.person).last_name
    assert name in page(made)
    browser.post(reverse("my_cv_stop", args=[made.pk]))
    for asked in (token_of(made), code_of(made)):
        answer = Client().get(reverse("certified_cv", args=[asked]))
        assert answer.status_code == 410
        assert "Ce CV n'est plus montré" in answer.content.decode().replace("&#x27;", "'")
        assert name not in answer.content.decode()
        assert made.title not in answer.content.decode()
    assert "Le remettre en ligne" in browser.get(reverse("my_cv", args=[made.pk])).content.decode()
    browser.post(reverse("my_cv_resume", args=[made.pk]))
    assert name in page(made)


def test_a_removed_cv_comes_back_with_one_click_at_the_same_address() -> None:
    made = cv()
    browser, token = browser_of(made.person), token_of(made)
    browser.post(reverse("my_cv_remove", args=[made.pk]))
    assert Client().get(reverse("certified_cv", args=[token])).status_code == 410
    (undo,) = browser.session["undo"]
    assert browser.post(reverse("my_undo", args=[undo]))["Location"] == reverse("my_cvs")
    assert made.title in page(made, token=token)


def test_nobody_else_reaches_a_cv_of_hers() -> None:
    made = cv()
    stranger, adviser = browser_of(PersonFactory()), sign_in(Client(), professional(Role.PLACEMENT_ADVISER))
    for name in (*OWN_PAGES, *OWN_ACTS):
        for browser, status in ((stranger, 404), (adviser, 403), (Client(), 302)):
            ask = browser.post if name in OWN_ACTS else browser.get
            assert ask(reverse(name, args=[made.pk])).status_code == status, name
    assert cvs() == [made]


def test_anybody_checks_a_cv_by_its_code_its_address_or_the_page_of_codes() -> None:
    made = cv()
    code = code_of(made)
    for asked in (token_of(made), code, code.lower(), f"{code[:5]}-{code[5:]}"):
        assert "Une compétence est confirmée" in page(made, token=asked)
    browser = Client()
    answer = browser.post(reverse("short_code"), {"code": code}, follow=True)
    assert made.title in answer.content.decode()


def test_the_verification_page_stays_out_of_search_engines_and_of_caches() -> None:
    answer = Client().get(reverse("certified_cv", args=[token_of(cv())]))
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    assert set(answer.cookies) <= {"csrftoken"}, "who looks is not followed"


def test_looks_are_counted_but_not_her_own() -> None:
    made = cv()
    page(made, browser_of(made.person))
    assert cvs()[0].view_count == 0
    page(made)
    page(made, browser_of(PersonFactory()))
    assert cvs()[0].view_count == 2
    assert "regardé 2 fois" in browser_of(made.person).get(reverse("my_cvs")).content.decode()


def test_the_verification_page_shows_only_what_the_cv_shows() -> None:
    person, _experience, proved, said = passport()
    set_identity(person, email="awa.privee@example.org", phone="+33698765432")
    other = ExperienceFactory(person=person, title="Fleuriste discrète")
    made = cv(person, shows_contact=False, skills=[proved.skill_id], experiences=[])
    shown = page(made)
    assert proved.skill.label in shown
    for hidden in (said.skill.label, other.title, "awa.privee", "98 76 54 32", person.reference):
        assert hidden not in shown
    assert "98 76 54 32" in page(cv(person))


def test_a_revoked_proof_shows_as_not_confirmed_any_more_with_its_date() -> None:
    person, _experience, proved, _said = passport()
    made = cv(person)
    evidence = Evidence.objects.unscoped("a test's row").get(held_skill=proved)
    with time_machine.travel(dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC), tick=False):
        passports.revoke_evidence(evidence, actor=job_actor("test"))
        shown = page(made).replace("&#x27;", "'")
        assert "n'est plus confirmé depuis le 15 janvier 2027" in shown
        assert "Une ligne n'est plus confirmée" in shown
        assert "confirmé par Maison Garance" not in shown
        own = browser_of(person).get(reverse("my_cv", args=[made.pk])).content.decode().replace("&#x27;", "'")
    assert "Une ligne n'est plus confirmée" in own


def test_a_badge_that_was_withdrawn_shows_as_withdrawn() -> None:
    person = passport()[0]
    given = badges.award(person)
    made = cv(person)
    assert f"badge remis par {given.badge_class.issuer.name}" in page(made)
    badges.actions.withdraw(given, reason=badges.actions.RevokeReason.MISTAKE)
    assert "· retiré le" in page(made)


def test_an_address_that_leads_nowhere_says_so() -> None:
    token = token_of(cv())
    for wrong in ("x", "ABCDEFGHJK", token[:-1], token[:-2] + "AA", "A" * 65, token[:22]):
        answer = Client().get(reverse("certified_cv", args=[wrong]))
        assert answer.status_code == 404, wrong
        assert "ne mène à aucun CV" in answer.content.decode()


def test_codes_are_not_tried_for_long() -> None:
    made = cv()
    browser = Client()
    answers = {browser.get(reverse("certified_cv", args=["ABCDEFGHJK"])).status_code for _time in range(35)}
    assert answers == {404, 429}
    assert browser.get(reverse("certified_cv", args=[code_of(made)])).status_code == 429, "not even the right one"
    assert browser.get(reverse("certified_cv", args=[token_of(made)])).status_code == 200, (
        "a scanned code always works"
    )


def test_an_old_cv_is_over() -> None:
    made = cv()
    with time_machine.travel(clock.now() + 731 * DAY, tick=False):
        assert Client().get(reverse("certified_cv", args=[token_of(made)])).status_code == 410
        assert "plus vérifiable" in browser_of(made.person).get(reverse("my_cv", args=[made.pk])).content.decode()


@pytest.mark.parametrize("template", ["classic", "skills"])
def test_the_pdf_is_tagged_and_carries_the_signed_badges(template: str) -> None:
    person = passport()[0]
    set_identity(person, first_name="Zoé", last_name="D’Été")
    given = badges.award(person)
    made = cv(person, template=template, title="Équipière — cuisine", summary="L’accueil ⭐ مطبخ 😀 e\u0301te\u0301")
    answer = browser_of(person).get(reverse("my_cv_pdf", args=[made.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="cv-equipiere-cuisine.pdf"' in answer["Content-Disposition"]
    assert pdf_read.lacks(answer.content) == []
    assert "Zoé D’Été – Équipière — cuisine".encode() in pdf_read.opened(answer.content), "the title, in its metadata"
    signed = queries.signed(given)
    assert signed is not None
    assert bytes(signed.body) in pdf_read.streams(answer.content)


def test_a_pdf_of_what_has_no_experience_and_no_name() -> None:
    held = HeldSkillFactory()
    set_identity(held.person, first_name="", last_name="")
    answer = browser_of(held.person).get(reverse("my_cv_pdf", args=[cv(held.person, summary="").pk]))
    assert pdf_read.lacks(answer.content) == []


def test_a_pdf_reads_no_file_and_no_address(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("le secret de la maison")
    head = f'<title>t</title><link rel="attachment" href="{secret.as_uri()}">'
    html = f'<html lang="fr">{head}<h1>t</h1><a rel="attachment" href="{secret.as_uri()}">a</a></html>'
    style = f"@import '{secret.as_uri()}'; h1 {{ background: url('{secret.as_uri()}') }}"
    assert b"le secret de la maison" not in pdf_read.opened(pdf.write(html, style=style))
    attached = [pdf.Attached("a.txt", "a", secret.read_bytes())]
    assert b"le secret de la maison" in pdf_read.opened(pdf.write(html, style=style, attached=attached))


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_page_says_what_to_do_and_the_site_works() -> None:
    made = cv()
    browser = browser_of(made.person)
    shown = browser.get(reverse("my_cv", args=[made.pk])).content.decode()
    assert reverse("my_cv_pdf", args=[made.pk]) not in shown
    assert "Enregistrer au format PDF" in shown
    assert "libpango-1.0-0" in shown
    answer = browser.get(reverse("my_cv_pdf", args=[made.pk]))
    assert answer.status_code == 503
    assert "imprimez-le depuis votre navigateur" in answer.content.decode()
    with pytest.raises(pdf.PdfUnavailable):
        pdf.write("<p>", style="")


def test_what_she_writes_is_never_markup() -> None:
    made = cv(title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    assert "<script>alert" not in page(made)
    assert "<img src=x" not in page(made)


def test_the_acts_of_a_removed_cv_are_not_found() -> None:
    made = cv()
    documents.remove_cv(made, actor=owner(made.person))
    browser = browser_of(made.person)
    assert {browser.post(reverse(name, args=[made.pk])).status_code for name in OWN_ACTS} == {404}
