"""A whole scene for the tests that trust nobody: one person's whole file, her territory's team, and strangers.

Everything that must not leak is written in words found nowhere else (`SECRETS`).
"""

import io
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from entremise.accounts.models import Agency, Invitation, Membership, User
from entremise.accounts.models_partners import Grant
from entremise.credentials.models import Award, SigningKey
from entremise.credentials.models_sharing import ForeignBadge, Share
from entremise.credentials.models_wallet import WalletOffer
from entremise.desk import actions as desk_actions
from entremise.desk import actions_prospecting
from entremise.desk.models import Complaint
from entremise.desk.queries_prospecting import visits
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember, VigilancePoint
from entremise.kernel import clock, links, suppression
from entremise.kernel.actors import PROFESSIONALS, Actor, Role
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.models_mail import Suppression
from entremise.matching import actions as matching
from entremise.matching import actions_recruiter
from entremise.matching.models_contest import Contest
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess
from entremise.offers import actions_import as offer_imports
from entremise.offers.models import Offer, OfferImport
from entremise.offers.models_duplicates import DuplicateDecision
from entremise.offers.models_followup import Diagnosis, FollowUpTask, Introduction
from entremise.passport.models import Experience, HeldSkill
from entremise.people.enums import Visibility
from entremise.people.models import Consent, Person
from entremise.promotions import actions as promotions
from entremise.promotions import actions_import as imports
from entremise.promotions.actions_segments import save_segment
from entremise.promotions.models import ImportFile, Promotion, Segment
from entremise.validations import actions as validations
from entremise.validations.enums import Verdict
from entremise.validations.models import Request
from tests.factories import boards, contests, documents, offer_feeds, voices
from tests.factories import credentials as badges
from tests.factories import promotions as promoting
from tests.factories import validations as asking
from tests.factories.accounts import AgencyFactory, InvitationFactory, UserFactory, actor_of, professional, sign_in
from tests.factories.employers import ContactFactory, ContactLogFactory, EstablishmentFactory, commune
from tests.factories.imports import HEADER
from tests.factories.issuing import desk_things
from tests.factories.offers import OfferFactory
from tests.factories.partner import granted
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import PersonFactory, owner, set_identity
from tests.factories.skills import SkillFactory
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory, VigilancePointFactory

BOUNCE = Suppression.Reason.BOUNCE
FIRST_NAME, LAST_NAME, EMAIL, PHONE = "Zéphyrine", "Oulibicheff", "zephyrine.secret@example.org", "+33639981234"
WITNESS, WITNESS_EMAIL = "Barnabé Quenouillet", "barnabe.quenouillet@garance.example"
CONTACT, CONTACT_EMAIL, CONTACT_PHONE = "Léopoldine Farfadet", "leopoldine.farfadet@garance.example", "+33475998877"
WORD, OUTCOME_WORD, CALL = "ponctuelle-comme-une-horloge", "embauche-avortée-hier", "cherche-deux-plongeurs-discrets"
COLLEAGUE, INVITED = "Hippolyte", "invitee.confidentielle@emploi.example"
SEGMENT, SPREADSHEET = "Segment-confidentiel-Drôme", "tableau-confidentiel.csv"
JOB, JOB_WORDS = "Chef-confidentiel-Drôme", "remplace-quelqu'un-qui-l'ignore"
CONTESTED = "permis-oublié-par-la-machine"
INTRODUCED = "se-tient-droite-comme-un-i"
COMPLAINED = "silence-de-trois-lunes-exactement"
PRESENTATION = "présentation-écrite-pour-garance-seule"
FOREIGN, SHARED_FOR = "Badge-confidentiel-d-ailleurs", "partage-confidentiel-pour-garance"
CLAIMED_AT = "badge.en.attente@garance.example"
PLATFORM = "Plateforme-confidentielle"
RECRUITER, RECRUITER_EMAIL, PURPOSE = (
    "Mirabelle Hurluberlu",
    "m.hurluberlu@garance.example",
    "cherche-en-secret-un-pâtissier",
)
NOBODY = "nobody"
STRANGERS = [NOBODY, *map(str, (Role.JOBSEEKER, Role.BUSINESS_ADVISER))]
OTHER_STRANGERS = sorted(PROFESSIONALS - {Role.BUSINESS_ADVISER})
OTHER_SPELLINGS = ("06 39 98 12 34", "0639981234", "39 98 12 34")
IDENTITY = (LAST_NAME, EMAIL, PHONE, *OTHER_SPELLINGS)
SECRETS = (
    *IDENTITY, "Quenouillet", WITNESS_EMAIL, "Farfadet", CONTACT_EMAIL, CONTACT_PHONE, "04 75 99 88 77", WORD,
    OUTCOME_WORD, CALL, COLLEAGUE, INVITED, SEGMENT, SPREADSHEET, JOB, JOB_WORDS, CONTESTED, PRESENTATION, CLAIMED_AT,
    FOREIGN, SHARED_FOR, PLATFORM, "Hurluberlu", RECRUITER_EMAIL, PURPOSE, COMPLAINED, INTRODUCED,
    voices.RATED, voices.REPORTED, voices.CONTESTED_COUNT, voices.SILENT, voices.NOTED,
)  # fmt: skip


@dataclass
class Stage:
    """What the scene holds: the Drôme's team and person, and everything about her."""

    agency: Agency
    team: dict[Role, User]
    person: Person
    establishment: Establishment
    contact: Contact
    experience: Experience
    held: HeldSkill
    draft: Request
    answered: Request
    waiting: Request
    promotion: Promotion
    replied: Promotion
    invitation: Invitation
    membership: Membership
    segment: Segment
    file: ImportFile
    offer: Offer
    offer_file: OfferImport
    contest: Contest
    own_contest: Contest
    access: RecruiterAccess
    wish: MeetingWish
    held_message: OutboxMessage
    stopped: Suppression
    consent: Consent
    award: Award
    documents: dict[str, UUID]
    passport: WalletOffer
    foreign: ForeignBadge
    share: Share
    grant: Grant
    signing_key: SigningKey
    space: RecruiterSpace
    point: VigilancePoint
    recruiter: SpaceMember
    deposited: Offer
    complaint: Complaint
    desk: dict[str, UUID]

    def things(self) -> dict[str, UUID]:
        """Return, for the addresses that carry an identifier, the one that belongs to this scene."""
        mine: dict[UUID, str] = {
            self.person.pk: (
                "profile reveal promote profile_offers profile_applications pool_rank contest_pool "
                "adviser_apply_choose adviser_apply"
            ),
            self.establishment.pk: (
                "establishment space_open_for establishment_profiles contact_add contact_log_add establishment_close "
                "service_add forecast_add satisfaction_add establishment_timeline"
            ),
            self.contact.pk: "contact_oppose recruiter_open",
            self.replied.pk: "promotion",
            self.promotion.pk: "promotion_log_answer promotion_outcome promotion_withdraw",
            self.experience.pk: "my_experience my_experience_remove my_experience_skills",
            self.held.pk: "my_skill my_skill_remove my_skill_show",
            self.draft.pk: "my_validation_send",
            self.waiting.pk: "my_validation_remind my_validation_withdraw",
            self.answered.pk: "my_validation validation_check validation_check_same validation_check_fraud",
            self.invitation.pk: "invitation_again invitation_revoke",
            self.membership.pk: "member_end",
            self.membership.user_id: ("access_account access_dismiss access_raise access_cut access_lift"),
            self.segment.pk: "segment_remove",
            self.file.pk: "import_file import_map import_start import_errors",
            self.contest.pk: "contest contest_mine contest_withdraw",
            self.own_contest.pk: "my_contest_withdraw",
            self.access.pk: "recruiter_revoke",
            self.wish.pk: "meeting_wish meeting_wish_aside",
            self.held_message.pk: "mail_again mail_taken_as_sent",
            self.stopped.pk: "mail_restore",
            self.consent.pk: "my_receipt",
            self.award.pk: "my_badge my_badge_image my_badge_file my_badge_show my_badge_decline",
            self.foreign.pk: (
                "my_foreign_badge my_foreign_badge_image my_foreign_badge_file my_foreign_badge_check "
                "my_foreign_badge_show my_foreign_badge_remove"
            ),
            self.signing_key.pk: "badge_key_next badge_key_give_up",
            self.passport.pk: "my_wallet_offer my_wallet_cancel my_wallet_withdraw",
            self.share.pk: "my_badge_share my_badge_share_stop",
            self.grant.pk: "my_application_stop",
            self.recruiter.pk: "recruiter_member",
            self.deposited.pk: (
                "recruiter_offer recruiter_offer_edit recruiter_offer_act offer_validation offer_validation_act "
                "offer_alert_answer"
            ),
            self.space.pk: (
                "space space_check space_document space_know space_remind space_certify space_ask_documents "
                "space_review space_refuse space_block space_unblock space_letter space_fraud space_fraud_declared "
                "space_fraud_warn space_exclusions_lift"
            ),
            self.point.pk: "space_point_answer",
            self.offer_file.pk: "offer_import offer_import_map offer_import_start offer_import_refused",
            self.offer.pk: (
                "offer my_offer apply_offer offer_edit offer_open offer_close offer_reopen offer_relax offer_restore "
                "offer_attractiveness offer_diagnosis diagnosis_start offer_followup_export "
                "offer_introduce offer_task_add offer_duplicates duplicate_set_aside offer_applications "
                "offer_applications_export"
            ),
            self.complaint.pk: "complaint complaint_assign complaint_answer",
        }
        return self.desk | self.documents | {name: pk for pk, names in mine.items() for name in names.split()}

    def signed_in(self, role: Role) -> Client:
        """Return the browser of somebody of the scene: the person herself, or a member of her territory's team."""
        user = self.person.user if role is Role.JOBSEEKER else self.team[role]
        assert user is not None
        return sign_in(quiet_client(), user)

    def bearer(self, thing: Request | Promotion | RecruiterAccess) -> Client:
        """Return the browser of whoever opened the link sent about a request, a promotion or an access."""
        browser, link = quiet_client(), link_about(thing)
        assert browser.get(page_of(link, links.token(link))).status_code == 302
        return browser


def link_about(thing: Request | Promotion | RecruiterAccess) -> MailLink:
    """Return the last link sent about a request, a promotion or an access."""
    purposes = {Promotion: "promotions.answer", Request: "validations.answer", RecruiterAccess: "matching.profiles"}
    purpose = purposes[type(thing)]
    return MailLink.objects.filter(purpose=purpose, target_id=thing.pk).latest("issued_at")


def page_of(link: MailLink, token: str) -> str:
    """Return the address of a link's page, with this token in it."""
    return reverse(links.PURPOSES[link.purpose].url_name, args=[token])


def quiet_client(**facts: Any) -> Client:
    """Return a browser that sees an error page where the site fails, as people do."""
    return Client(raise_request_exception=False, **facts)


def stranger(who: str) -> Client:
    """Return the browser of who has no business in the file: one of `STRANGERS`."""
    if who == NOBODY:
        return quiet_client()
    if who == Role.JOBSEEKER:
        return sign_in(quiet_client(), PersonFactory(consenting=True).user)
    return sign_in(quiet_client(), professional(who, agency=AgencyFactory(department_code="38")))


def stage() -> Stage:
    """Return the scene."""
    place = commune()
    agency = AgencyFactory(name="Agence de Valence", phone="+33475000000")
    team = {
        role: professional(role, agency=agency)
        for role in (Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER, Role.TEAM_LEAD, Role.DIRECTOR, Role.ADMIN)
    }
    User.objects.filter(pk=team[Role.PLACEMENT_ADVISER].pk).update(first_name=COLLEAGUE)
    lead, adviser = actor_of(team[Role.TEAM_LEAD]), actor_of(team[Role.BUSINESS_ADVISER])
    person = _person(agency, team[Role.PLACEMENT_ADVISER])
    establishment = EstablishmentFactory(name="Maison Garance", commune=place)
    contact = ContactFactory(establishment=establishment, name=CONTACT, email=CONTACT_EMAIL, phone=CONTACT_PHONE)
    ContactLogFactory(establishment=establishment, contact=contact, outcome=CALL, agency=agency)
    experience = asking.experience(person, establishment)
    draft, waiting, answered = _requests(person, experience)
    replied, promotion = _promotions(person, agency, adviser, contact)
    matching.refresh([person.pk])
    access, wish = _recruiter(agency, adviser, contact)
    return Stage(
        agency, team, person, establishment, contact,
        experience=ExperienceFactory(person=person),
        held=HeldSkillFactory(person=person, skill__external_id="stage"),
        draft=draft, answered=answered, waiting=waiting, promotion=promotion, replied=replied,
        invitation=InvitationFactory(agency=agency, email=INVITED),
        membership=Membership.objects.get(user=team[Role.PLACEMENT_ADVISER]),
        segment=save_segment(agency, actor=lead, name=SEGMENT, query="toggle=validated", is_shared=False),
        file=imports.receive(
            agency, actor=lead, filename=SPREADSHEET,
            content=io.BytesIO(f"{HEADER}\n01/02/2026;{EMAIL};{establishment.siret};;;;;;".encode()),
        ),
        offer_file=offer_imports.receive(
            agency, actor=adviser, filename=SPREADSHEET, content=io.BytesIO(f"Référence;Poste\n1;{JOB}".encode())
        ),
        offer=OfferFactory(
            agency=agency, establishment=establishment, title=JOB, description=JOB_WORDS, needs={SkillFactory().pk: 2}
        ),
        contest=contests.contest(person, adviser, words=CONTESTED),
        own_contest=contests.own_contest(person, owner(person), words=CONTESTED),
        access=access, wish=wish,
        held_message=_held_message(), stopped=suppression.stop(suppression.address_hash(EMAIL), reason=BOUNCE)[0],
        consent=person.consents.get(),
        documents=documents.things(person, by=adviser, words=PRESENTATION),
        award=(award := person.awards.earliest("created_at")), foreign=badges.kept_foreign(person, name=FOREIGN),
        passport=badges.passport_offer(person, award),
        share=badges.open_share(person, award, label=SHARED_FOR), grant=granted(person.user, name=PLATFORM),
        signing_key=badges.house_key(agency.organisation),
        space=(space := RecruiterSpaceFactory(establishment=establishment, agency=agency, purpose=PURPOSE)),
        point=VigilancePointFactory(space=space),
        recruiter=_member(space),
        deposited=(deposited := OfferFactory(
            agency=agency, establishment=establishment, space=space, title=JOB, state="waiting"
        )), complaint=_complaint(agency, adviser, person),
        desk=desk_things(agency, email=CLAIMED_AT) | _visits(agency, adviser, establishment)
        | offer_feeds.stage_things(agency, establishment) | _followup(agency, person)
        | voices.stage_things(agency, person, establishment) | boards.stage_things(deposited, person, WORD),
    )  # fmt: skip


def _member(space: RecruiterSpace) -> SpaceMember:
    """Return a member of a space whose name and address are found nowhere else."""
    first, last = RECRUITER.split()
    account = UserFactory(email=RECRUITER_EMAIL, is_recruiter=True, first_name=first, last_name=last)
    return SpaceMemberFactory(space=space, user=account)  # type: ignore[return-value]


def _complaint(agency: Agency, adviser: Actor, person: Person) -> Complaint:
    """Return a complaint about the person, whose words are found nowhere else."""
    complaint: Complaint = desk_actions.register_complaint(
        agency, actor=adviser, origin="jobseeker", about="delay", words=COMPLAINED, person=person
    )
    return complaint


def _visits(agency: Agency, adviser: Actor, establishment: Establishment) -> dict[str, UUID]:
    """Return a day of visits, and its visit, under the names of their addresses."""
    plan = actions_prospecting.make_plan(
        agency, actor=adviser, on=clock.today(), starts_at=time(9), establishments=[establishment]
    )
    visit = visits(plan)[0].pk
    of_plan = dict.fromkeys(("visit_plan", "visit_plan_calendar", "visit_add", "visit_plan_order"), plan.pk)
    return of_plan | {"visit_remove": visit, "visit_result": visit}


def _followup(agency: Agency, person: Person) -> dict[str, UUID]:
    """Return an introduction and a task of an open offer, under the names of their addresses."""
    offer = OfferFactory(agency=agency)  # not open: an open offer is for everybody to read
    made = Introduction.objects.unscoped("a new row").create(
        offer=offer, person=person, origin="presented", at=clock.now(), note=INTRODUCED
    )
    task = FollowUpTask.objects.unscoped("a new row").create(
        offer=offer, kind="call", due_on=clock.today(), created_at=clock.now()
    )
    of_diagnosis = ("diagnosis_write", "diagnosis_send", "diagnosis_paper")
    diagnosis = Diagnosis.objects.unscoped("a new row").create(offer=offer, created_at=clock.now())
    aside = DuplicateDecision.objects.unscoped("a new row").create(
        kept=offer, set_aside=OfferFactory(agency=agency, closed=True), reason="first", score_percent=90,
        decided_at=clock.now(),
    )  # fmt: skip
    things = dict.fromkeys(("offer_task_done", "offer_task_put_off"), task.pk) | {"duplicate_undo": aside.pk}
    return (
        things
        | dict.fromkeys(of_diagnosis, diagnosis.pk)
        | {
            "introduction_feedback": made.pk,
            "offer_followup": offer.pk,
        }
    )


def _held_message() -> OutboxMessage:
    """Return a message to an employer of which nobody knows whether it arrived."""
    message = OutboxMessage.objects.filter(kind="promotions.profile").latest("created_at")
    message.state = OutboxMessage.State.HELD
    message.save()
    return message


def _recruiter(agency: Agency, adviser: Actor, contact: Contact) -> tuple[RecruiterAccess, MeetingWish]:
    access = actions_recruiter.open_access(contact, actor=adviser, agency=agency)
    return access, contests.wished(access, contests.searched(access))


def _person(agency: Agency, referent: User) -> Person:
    user = UserFactory(email=EMAIL, phone=PHONE, phone_verified=True)
    person: Person = PersonFactory(
        user=user, agency=agency, referent=referent, consenting=Visibility.ANONYMOUS, wishing=True
    )
    set_identity(person, first_name=FIRST_NAME, last_name=LAST_NAME, email=EMAIL, phone=PHONE)
    return Person.objects.unscoped("a test's row").get(pk=person.pk)


def _requests(person: Person, experience: Experience) -> tuple[Request, Request, Request]:
    facts = {"about": experience, "contact_name": WITNESS, "contact_email": WITNESS_EMAIL}
    answered = asking.asked(sent=True, count=3, **facts)
    sheet = asking.sheet(answered, Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.NOT_CONFIRMED, word=WORD)
    validations.answer(answered, actor=asking.validator(answered), sheet=sheet, is_same_device=True)
    waiting = asking.asked(sent=True, count=2, **facts)
    draft = asking.asked(count=1, **facts | {"contact_email": "autre.quenouillet@garance.example"})
    return draft, waiting, answered


def _promotions(person: Person, agency: Agency, adviser: Actor, contact: Contact) -> tuple[Promotion, Promotion]:
    other = ContactFactory(establishment=EstablishmentFactory(name="Hôtel des Alpes"), name="Aubin Farfadet")
    facts = {"agency": agency, "message": promoting.MESSAGE, "visibility": Visibility.ANONYMOUS}
    replied, promotion = promotions.send(person, actor=adviser, contacts=[other, contact], **facts)
    promotions.answer(replied, actor=promoting.employer(replied), answer="meeting", word=WORD)
    promotions.record_outcome(replied, actor=adviser, outcome="none", on=clock.today(), word=OUTCOME_WORD)
    return promoting.again(replied), promoting.again(promotion)
